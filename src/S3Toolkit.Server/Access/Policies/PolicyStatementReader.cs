using System.Text.Json;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>Reads a statement, and judges whether its parts go together.</summary>
/// <param name="bucketName">The bucket that the policy is for.</param>
/// <param name="hasVariables">Whether the policy's version has variables.</param>
internal sealed class PolicyStatementReader(string bucketName, bool hasVariables)
{
    private const string SyntaxError = "Invalid policy syntax.";

    public PolicyStatement Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw PolicyReader.Malformed(SyntaxError);
        Dictionary<string, JsonElement> fields = Fields(element);
        string effect = PolicyReader.Texts(Required(fields, "Effect"), SyntaxError)[0];
        if (effect is not ("Allow" or "Deny")) throw PolicyReader.Malformed("Invalid effect: " + effect);
        (JsonElement principal, bool exceptPrincipals) = OneOf(fields, "Principal");
        if (exceptPrincipals && effect == "Allow") throw PolicyReader.Malformed("Allow with NotPrincipal is not allowed.");
        (JsonElement action, bool exceptActions) = OneOf(fields, "Action");
        (JsonElement resource, bool exceptResources) = OneOf(fields, "Resource");
        PolicyStatement statement = new()
        {
            Sid = fields.TryGetValue("Sid", out JsonElement sid) ? PolicyReader.Texts(sid, SyntaxError)[0] : null,
            IsAllow = effect == "Allow",
            Principals = Principals(principal),
            ExceptPrincipals = exceptPrincipals,
            Actions = Actions(action),
            ExceptActions = exceptActions,
            Resources = Resources(resource),
            ExceptResources = exceptResources,
            Conditions = fields.TryGetValue("Condition", out JsonElement condition) ? Conditions(condition) : [],
        };
        RequireFit(statement);
        return statement;
    }

    private static Dictionary<string, JsonElement> Fields(JsonElement element)
    {
        Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            bool isKnown = property.Name is "Sid" or "Effect" or "Principal" or "NotPrincipal" or "Action" or "NotAction" or "Resource"
                or "NotResource" or "Condition";
            if (!isKnown) throw PolicyReader.Malformed("Unknown field " + property.Name);
            if (!fields.TryAdd(property.Name, property.Value)) throw PolicyReader.Malformed("Duplicate field " + property.Name);
        }
        return fields;
    }

    private static JsonElement Required(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out JsonElement value) ? value : throw PolicyReader.Malformed("Missing required field " + name);

    /// <summary>A field, or its opposite: never both.</summary>
    private static (JsonElement Value, bool IsExcept) OneOf(Dictionary<string, JsonElement> fields, string name)
    {
        if (!fields.TryGetValue("Not" + name, out JsonElement except)) return (Required(fields, name), false);
        return fields.ContainsKey(name) ? throw PolicyReader.Malformed(SyntaxError) : (except, true);
    }

    private static List<PolicyPrincipal> Principals(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() == "*") return [PolicyPrincipal.Everyone];
        if (element.ValueKind != JsonValueKind.Object) throw Invalid("", element.GetRawText());
        List<PolicyPrincipal> principals = [];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            foreach (string value in PolicyReader.Texts(property.Value, SyntaxError))
                principals.Add(PolicyPrincipal.Parse(property.Name, value) ?? throw Invalid(property.Name, value));
        }
        return principals.Count > 0 ? principals : throw PolicyReader.Malformed("Missing required field Principal cannot be empty!");

        static Pipeline.S3ErrorException Invalid(string type, string value) =>
            Pipeline.S3Errors.MalformedPolicy("Invalid principal in policy").With("Detail", $"\"{type}\" : \"{value}\"").ToException();
    }

    private static List<PolicyPattern> Actions(JsonElement element)
    {
        const string problem = "Policy has invalid action";
        List<PolicyPattern> actions = [];
        foreach (string text in PolicyReader.Texts(element, problem))
        {
            PolicyPattern action = PolicyPattern.Parse(text, hasVariables: false);
            if (!PolicyActions.Of(action).Any()) throw PolicyReader.Malformed(problem);
            actions.Add(action);
        }
        return actions;
    }

    private List<PolicyPattern> Resources(JsonElement element)
    {
        const string problem = "Policy has invalid resource";
        List<PolicyPattern> resources = [];
        foreach (string text in PolicyReader.Texts(element, problem))
        {
            if (!PolicyResource.IsOf(bucketName, text)) throw PolicyReader.Malformed(problem);
            resources.Add(PolicyPattern.Parse(text, hasVariables: hasVariables));
        }
        return resources;
    }

    private List<PolicyCondition> Conditions(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw PolicyReader.Malformed(SyntaxError);
        List<PolicyCondition> conditions = [];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            ConditionOperator comparison = ConditionOperator.Parse(property.Name, out PolicyQuantifier quantifier, out bool isIfExists)
                ?? throw PolicyReader.Malformed("Invalid Condition type : " + property.Name);
            if (property.Value.ValueKind != JsonValueKind.Object) throw PolicyReader.Malformed(SyntaxError);
            foreach (JsonProperty key in property.Value.EnumerateObject())
            {
                if (!ConditionKeys.IsKnown(key.Name)) throw PolicyReader.Malformed("Policy has an invalid condition key");
                conditions.Add(new PolicyCondition
                {
                    Operator = comparison, Quantifier = quantifier, IsIfExists = isIfExists, Key = key.Name,
                    Values = [.. PolicyReader.Texts(key.Value, SyntaxError).Select(text => Value(text, comparison))],
                });
            }
        }
        return conditions;
    }

    private ConditionValue Value(string text, ConditionOperator comparison) =>
        ConditionValue.Parse(text, comparison, hasVariables, out string problem) ?? throw PolicyReader.Malformed(problem);

    /// <summary>Each action can be done to a resource, and each condition be asked of it. NotAction may be about anything.</summary>
    private static void RequireFit(PolicyStatement statement)
    {
        if (statement.ExceptActions) return;
        PolicyResources resources = statement.ExceptResources
            ? PolicyResources.Bucket | PolicyResources.Object
            : statement.Resources.Aggregate(PolicyResources.None, static (all, resource) => all | PolicyResource.Of(resource.Source));
        foreach (PolicyPattern pattern in statement.Actions)
        {
            string[] actions = [.. PolicyActions.Of(pattern).Where(action => (action.Value & resources) != 0).Select(action => action.Key)];
            if (actions.Length == 0) throw PolicyReader.Malformed("Action does not apply to any resource(s) in statement");
            foreach (PolicyCondition condition in statement.Conditions)
            {
                if (Array.Exists(actions, action => ConditionKeys.AppliesTo(condition.Key, action))) continue;
                throw PolicyReader.Malformed("Conditions do not apply to combination of actions and resources in statement");
            }
        }
    }
}
