"""What a user of boto3 does, against $S3_ENDPOINT. Argument: the label. Started by `run`, which sets the environment."""
import hashlib
import io
import json
import os
import sys
import tempfile
import urllib.error
import urllib.request
import uuid

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

label = sys.argv[1]
config = Config(connect_timeout=10, read_timeout=60, retries={"max_attempts": 2}, s3={"addressing_style": "path"}, signature_version="s3v4")
client = boto3.client("s3", endpoint_url=os.environ["S3_ENDPOINT"], config=config)
resource = boto3.resource("s3", endpoint_url=os.environ["S3_ENDPOINT"], config=config)
bucket = "interop-" + uuid.uuid4().hex[:12]
folder = tempfile.mkdtemp()
small = b"This is a sample text file.\n"
large = os.urandom(30 * 1024 * 1024)


def path(name, content=None):
    full = os.path.join(folder, name)
    if content is not None:
        with open(full, "wb") as file:
            file.write(content)
    return full


def read(name):
    with open(path(name), "rb") as file:
        return file.read()


def equal(got, wanted, what):
    if got == wanted:
        return
    if isinstance(got, bytes):
        got, wanted = ("%d bytes, %s" % (len(b), hashlib.sha256(b).hexdigest()[:12]) for b in (got, wanted))
    raise AssertionError("%s: %r instead of %r" % (what, got, wanted))


def raises(code, call):
    try:
        call()
    except ClientError as error:
        equal(error.response["Error"]["Code"], code, "error code")
        return
    raise AssertionError("no error, %s was expected" % code)


def create_bucket():
    client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    equal(client.get_bucket_location(Bucket=bucket)["LocationConstraint"], "eu-west-1", "location")
    assert bucket in [found.name for found in resource.buckets.all()], "the new bucket is not listed"


def put_object():
    answer = resource.Bucket(bucket).put_object(Key="sampletext.txt", Body=small, Metadata={"made-by": "interop"}, ContentType="text/plain")
    head = client.head_object(Bucket=bucket, Key="sampletext.txt")
    equal(head["ContentLength"], len(small), "length")
    equal(head["ContentType"], "text/plain", "content type")
    equal(head["Metadata"], {"made-by": "interop"}, "metadata")
    equal(head["ETag"], '"%s"' % hashlib.md5(small).hexdigest(), "ETag")
    equal(answer.e_tag, head["ETag"], "ETag of the answer")


def odd_keys():
    for key in ("a b", "a+b", "a%2Fb", "a//b", "./a", "ü/日本/😀.txt", "x" * 1024):
        client.put_object(Bucket=bucket, Key="odd/" + key if len(key) < 1000 else key, Body=key.encode())
    for key in ("a b", "a+b", "a%2Fb", "a//b", "./a", "ü/日本/😀.txt"):
        equal(client.get_object(Bucket=bucket, Key="odd/" + key)["Body"].read(), key.encode(), key)


def upload_file():
    client.upload_file(path("large.bin", large), bucket, "big/large.bin")
    head = client.head_object(Bucket=bucket, Key="big/large.bin")
    equal(head["ContentLength"], len(large), "length")
    assert head["ETag"].endswith('-4"'), "ETag %s is not that of 4 parts" % head["ETag"]


def upload_fileobj():
    client.upload_fileobj(io.BytesIO(small), bucket, "stream.txt")
    equal(client.get_object(Bucket=bucket, Key="stream.txt")["Body"].read(), small, "content")


def download_file():
    client.download_file(bucket, "sampletext.txt", path("sampletext1.txt"))
    equal(read("sampletext1.txt"), small, "content")


def download_large():
    client.download_file(bucket, "big/large.bin", path("large1.bin"), Config=TransferConfig(max_concurrency=4))
    equal(read("large1.bin"), large, "content")


def ranges_and_conditions():
    part = client.get_object(Bucket=bucket, Key="sampletext.txt", Range="bytes=5-6")
    equal(part["Body"].read(), small[5:7], "range")
    equal(part["ContentRange"], "bytes 5-6/%d" % len(small), "content range")
    etag = client.head_object(Bucket=bucket, Key="sampletext.txt")["ETag"]
    raises("304", lambda: client.get_object(Bucket=bucket, Key="sampletext.txt", IfNoneMatch=etag))
    raises("PreconditionFailed", lambda: client.get_object(Bucket=bucket, Key="sampletext.txt", IfMatch='"0"'))
    raises("NoSuchKey", lambda: client.get_object(Bucket=bucket, Key="missing"))
    raises("404", lambda: client.head_object(Bucket=bucket, Key="missing"))


def copy():
    client.copy_object(Bucket=bucket, Key="copy.txt", CopySource={"Bucket": bucket, "Key": "sampletext.txt"})
    equal(client.get_object(Bucket=bucket, Key="copy.txt")["Body"].read(), small, "copy_object")
    client.copy({"Bucket": bucket, "Key": "big/large.bin"}, bucket, "big/copy.bin", Config=TransferConfig(multipart_threshold=8 * 1024 * 1024))
    equal(client.get_object(Bucket=bucket, Key="big/copy.bin")["Body"].read(), large, "copy in parts")


def multipart():
    size = 5 * 1024 * 1024
    upload = client.create_multipart_upload(Bucket=bucket, Key="parts.bin")["UploadId"]
    equal([u["UploadId"] for u in client.list_multipart_uploads(Bucket=bucket)["Uploads"]], [upload], "uploads")
    parts = []
    for number, body in ((1, large[:size]), (2, large[size:size + 10])):
        answer = client.upload_part(Bucket=bucket, Key="parts.bin", UploadId=upload, PartNumber=number, Body=body)
        parts.append({"PartNumber": number, "ETag": answer["ETag"]})
    equal([p["Size"] for p in client.list_parts(Bucket=bucket, Key="parts.bin", UploadId=upload)["Parts"]], [size, 10], "parts")
    client.complete_multipart_upload(Bucket=bucket, Key="parts.bin", UploadId=upload, MultipartUpload={"Parts": parts})
    equal(client.get_object(Bucket=bucket, Key="parts.bin")["Body"].read(), large[:size + 10], "content")

    aborted = client.create_multipart_upload(Bucket=bucket, Key="aborted.bin")["UploadId"]
    client.abort_multipart_upload(Bucket=bucket, Key="aborted.bin", UploadId=aborted)
    raises("NoSuchUpload", lambda: client.list_parts(Bucket=bucket, Key="aborted.bin", UploadId=aborted))


def list_paginated():
    keys = ["many/%03d" % i for i in range(25)]
    for key in keys:
        client.put_object(Bucket=bucket, Key=key, Body=b"")
    pages = list(client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="many/", PaginationConfig={"PageSize": 10}))
    equal([len(page["Contents"]) for page in pages], [10, 10, 5], "page lengths")
    equal([item["Key"] for page in pages for item in page["Contents"]], keys, "keys")
    equal([p["Prefix"] for p in client.list_objects_v2(Bucket=bucket, Delimiter="/", Prefix="b")["CommonPrefixes"]], ["big/"], "prefixes")
    old = [item.key for item in resource.Bucket(bucket).objects.filter(Prefix="many/", MaxKeys=10)]
    equal(old, keys, "keys of list v1")


def tags():
    client.put_object_tagging(Bucket=bucket, Key="sampletext.txt", Tagging={"TagSet": [{"Key": "team", "Value": "a b"}]})
    equal(client.get_object_tagging(Bucket=bucket, Key="sampletext.txt")["TagSet"], [{"Key": "team", "Value": "a b"}], "tags")


def presigned_url():
    url = client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "sampletext.txt"}, ExpiresIn=60)
    with urllib.request.urlopen(url, timeout=30) as answer:
        equal(answer.read(), small, "content")
    put = client.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "presigned.txt"}, ExpiresIn=60)
    with urllib.request.urlopen(urllib.request.Request(put, data=small, method="PUT", headers={"Content-Type": ""}), timeout=30):
        pass
    equal(client.get_object(Bucket=bucket, Key="presigned.txt")["Body"].read(), small, "content")
    try:
        urllib.request.urlopen(url.replace("sampletext.txt", "stream.txt"), timeout=30)
    except urllib.error.HTTPError as error:
        equal(error.code, 403, "status of a tampered URL")
    else:
        raise AssertionError("a tampered URL was served")


def versions():
    versioned = bucket + "-versions"
    client.create_bucket(Bucket=versioned, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    client.put_bucket_versioning(Bucket=versioned, VersioningConfiguration={"Status": "Enabled"})
    ids = [client.put_object(Bucket=versioned, Key="k", Body=body)["VersionId"] for body in (b"1", b"2")]
    marker = client.delete_object(Bucket=versioned, Key="k")
    assert marker["DeleteMarker"], "no delete marker"
    raises("NoSuchKey", lambda: client.get_object(Bucket=versioned, Key="k"))
    equal(client.get_object(Bucket=versioned, Key="k", VersionId=ids[0])["Body"].read(), b"1", "old version")
    listed = client.list_object_versions(Bucket=versioned)
    equal([v["VersionId"] for v in listed["Versions"]], ids[::-1], "versions")
    equal([m["VersionId"] for m in listed["DeleteMarkers"]], [marker["VersionId"]], "delete markers")
    client.delete_object(Bucket=versioned, Key="k", VersionId=marker["VersionId"])
    equal(client.get_object(Bucket=versioned, Key="k")["Body"].read(), b"2", "what the marker hid")
    resource.Bucket(versioned).object_versions.delete()
    client.delete_bucket(Bucket=versioned)


def policy():
    public = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::%s/sampletext.txt" % bucket}]})
    url = "%s/%s/" % (os.environ["S3_ENDPOINT"], bucket)
    client.delete_public_access_block(Bucket=bucket)
    client.put_bucket_policy(Bucket=bucket, Policy=public)
    equal(json.loads(client.get_bucket_policy(Bucket=bucket)["Policy"]), json.loads(public), "policy")
    equal(client.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"]["IsPublic"], True, "public")
    with urllib.request.urlopen(url + "sampletext.txt", timeout=30) as answer:
        equal(answer.read(), small, "what anybody may read")
    for key in ("stream.txt", "?list-type=2"):
        try:
            urllib.request.urlopen(url + key, timeout=30)
        except urllib.error.HTTPError as error:
            equal(error.code, 403, key)
        else:
            raise AssertionError("%s was served to anybody" % key)
    client.delete_bucket_policy(Bucket=bucket)
    raises("NoSuchBucketPolicy", lambda: client.get_bucket_policy(Bucket=bucket))


def presigned_post():
    post = client.generate_presigned_post(bucket, "posted.txt", ExpiresIn=60)
    boundary = uuid.uuid4().hex
    fields = "".join('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (boundary, k, v) for k, v in post["fields"].items())
    head = '--%s\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' % boundary
    body = (fields + head).encode() + small + ("\r\n--%s--\r\n" % boundary).encode()
    headers = {"Content-Type": "multipart/form-data; boundary=" + boundary}
    with urllib.request.urlopen(urllib.request.Request(post["url"], data=body, headers=headers), timeout=30) as answer:
        equal(answer.status, 204, "status")
    equal(client.get_object(Bucket=bucket, Key="posted.txt")["Body"].read(), small, "content")


def delete_objects():
    raises("BucketNotEmpty", lambda: client.delete_bucket(Bucket=bucket))
    objects = [{"Key": item.key} for item in resource.Bucket(bucket).objects.all()]
    answer = client.delete_objects(Bucket=bucket, Delete={"Objects": objects})
    equal(sorted(d["Key"] for d in answer["Deleted"]), sorted(o["Key"] for o in objects), "deleted")
    equal(client.list_objects_v2(Bucket=bucket)["KeyCount"], 0, "objects left")


def delete_bucket():
    resource.Bucket(bucket).delete()
    raises("NoSuchBucket", lambda: client.list_objects_v2(Bucket=bucket))


for check in (create_bucket, put_object, odd_keys, upload_file, upload_fileobj, download_file, download_large, ranges_and_conditions, copy,
              multipart, list_paginated, tags, versions, policy, presigned_url, presigned_post, delete_objects, delete_bucket):
    try:
        check()
        print("ok    %s: %s" % (label, check.__name__))
    except Exception as problem:  # whatever went wrong is the check's result
        print("FAIL  %s: %s: %s: %s" % (label, check.__name__, type(problem).__name__, problem))
