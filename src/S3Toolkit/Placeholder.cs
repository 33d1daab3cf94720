namespace S3Toolkit;
