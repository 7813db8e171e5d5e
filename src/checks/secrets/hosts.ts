import type { Pattern } from "./pattern.ts";

/** One label of a host. */
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** Hosts below `suffixes` whose first labels name an account; `labels` of them. */
function hosts(id: string, title: string, labels: string, suffixes: readonly string[]): Pattern {
  const written = suffixes.map((suffix) => suffix.replaceAll(".", "\\."));
  return {
    id,
    title,
    group: "host",
    literals: suffixes,
    regexp: new RegExp(`(?<![A-Za-z0-9_.-])${labels}(?:${written.join("|")})(?![\\w-]|\\.[a-z])`, "gi"),
    harmless: (host) => PUBLIC.test(host),
  };
}

/** Hosts that are everyone's, or nobody's: of documentation, of the provider's console, of this machine. */
const PUBLIC =
  /(?:^|[.-])(?:examples?|redacted|your|my-?(?:resource|endpoint|instance|service|account|azure|openai)|resource|resource-?name|placeholder|contoso|fabrikam|xxx+)(?:[.-]|$)|^(?:www|docs|accounts|login|portal|community|learn|help|status|api|app|signup|management|global|kubernetes\.default|host\.docker|gateway\.docker|kubernetes\.docker|host\.containers|metadata\.google)\./i;

/**
 * Host names of an account. Those of a provider or a region are everyone's and not here: `api.openai.com`,
 * `us-south.ml.cloud.ibm.com`, `bedrock-runtime.us-west-2.amazonaws.com`, `us-central1-aiplatform.googleapis.com`.
 */
export const HOSTS: readonly Pattern[] = [
  // learn.microsoft.com/azure/ai-services, "Custom subdomain names"; Foundry, machine learning and search likewise.
  hosts("azure-host", "Azure resource", `(?:${LABEL}\\.){1,2}`, [
    "openai.azure.com",
    "cognitiveservices.azure.com",
    "services.ai.azure.com",
    "models.ai.azure.com",
    "inference.ml.azure.com",
    "search.windows.net",
    "vault.azure.net",
    "azure-api.net",
  ]),
  // docs.databricks.com/workspace/workspace-details: dbc-… (AWS), adb-….N (Azure), <number>.N.gcp.
  hosts("databricks-host", "Databricks workspace", `(?:${LABEL}\\.){1,2}`, [
    "cloud.databricks.com",
    "azuredatabricks.net",
    "gcp.databricks.com",
  ]),
  // docs.aws.amazon.com: API Gateway, Lambda, OpenSearch, RDS and load balancers have the account's own names before the region.
  hosts(
    "aws-host",
    "AWS resource",
    `(?:${LABEL}\\.){1,2}(?:(?:execute-api|lambda-url|es|aoss|rds|elb|elasticbeanstalk)\\.[a-z]{2}-[a-z]{4,9}-\\d|[a-z]{2}-[a-z]{4,9}-\\d\\.(?:es|aoss|rds|elb))\\.`,
    ["amazonaws.com", "on.aws"],
  ),
  // Each provider's docs on dedicated endpoints, tunnels and clusters.
  hosts("endpoint-host", "endpoint of an account", `(?:${LABEL}\\.){1,4}`, [
    "endpoints.huggingface.cloud",
    "prediction.vertexai.goog",
    "modal.run",
    "proxy.runpod.net",
    "a.run.app",
    "snowflakecomputing.com",
    "openshiftapps.com",
    "appdomain.cloud",
    "ngrok-free.app",
    "ngrok.io",
    "trycloudflare.com",
  ]),
  // kubernetes.io/docs/concepts/services-networking/dns-pod-service; names of machines in AWS and Google.
  hosts("internal-host", "host of a private network", `(?:${LABEL}\\.){1,4}`, [
    "svc.cluster.local",
    "compute.internal",
    "ec2.internal",
  ]),
];
