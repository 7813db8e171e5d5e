import { placeholder, unlikely, wordy } from "./harmless.ts";
import { alone, type Pattern } from "./pattern.ts";

/** A key that its own beginning, one of `heads`, gives away. */
const key = (
  id: string,
  title: string,
  heads: readonly string[],
  rest: string,
  harmless: (secret: string) => boolean = placeholder,
): Pattern => ({ id, title, group: "key", literals: heads, regexp: alone(heads, rest), harmless });

/**
 * Keys of the APIs that recordings come from. Lengths are those that the providers issue, with room where
 * they have changed before; where a provider publishes its form, the comment says where.
 */
export const MODEL_KEYS: readonly Pattern[] = [
  // platform.claude.com/docs, "API overview": sk-ant-api03-…; admin keys sk-ant-admin…, OAuth tokens sk-ant-oat….
  key("anthropic", "Anthropic API key", ["sk-ant-"], "[A-Za-z0-9_-]{24,}"),
  // openrouter.ai/docs, "Authentication": sk-or-v1-….
  key("openrouter", "OpenRouter API key", ["sk-or-"], "(?:v\\d-)?[0-9a-f]{40,}"),
  // platform.openai.com/docs, "Production best practices": project, service account and admin keys.
  key("openai-project", "OpenAI API key", ["sk-"], "(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{24,}"),
  // In the middle of OpenAI's keys stands the base64 of "OpenAI".
  key("openai", "OpenAI API key", ["sk-"], "[A-Za-z0-9_-]{16,}T3BlbkFJ[A-Za-z0-9_-]{16,}"),
  // langfuse.com/docs, "API keys": sk-lf-<uuid>.
  key("langfuse", "Langfuse secret key", ["sk-lf-"], "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
  // DeepSeek, LiteLLM and others took OpenAI's first form over. Words with dashes are no such key.
  key("sk", "API key that begins with sk-", ["sk-"], "[A-Za-z0-9]{20,}", unlikely),
  // docs.cloud.google.com/docs/authentication/api-keys: 39 characters, as in its sample AIzaSy….
  key("google", "Google API key", ["AIza"], "[A-Za-z0-9_-]{35}"),
  // console.groq.com/docs, "Quickstart": gsk_….
  key("groq", "Groq API key", ["gsk_"], "[A-Za-z0-9]{40,64}"),
  // huggingface.co/docs/hub/security-tokens: hf_…; organisations had api_org_….
  key("huggingface", "Hugging Face token", ["hf_", "api_org_"], "[A-Za-z0-9]{34,40}"),
  // docs.fireworks.ai, "Authentication": fw_….
  key("fireworks", "Fireworks API key", ["fw_"], "[A-Za-z0-9]{20,40}", wordy),
  // docs.x.ai, "Quickstart": xai-….
  key("xai", "xAI API key", ["xai-"], "[A-Za-z0-9]{60,100}"),
  // docs.perplexity.ai, "API key management": pplx-….
  key("perplexity", "Perplexity API key", ["pplx-"], "[A-Za-z0-9]{40,64}"),
  // replicate.com/docs/topics/security/api-tokens: r8_ and 37 characters.
  key("replicate", "Replicate API token", ["r8_"], "[A-Za-z0-9]{37}"),
  // docs.databricks.com, "Token management": dapi and 32 hex digits; -2 and the like for some clouds.
  key("databricks", "Databricks access token", ["dapi"], "[0-9a-f]{32}(?:-\\d)?"),
  // docs.nvidia.com/ngc: nvapi-….
  key("nvidia", "NVIDIA API key", ["nvapi-"], "[A-Za-z0-9_-]{50,80}"),
  // docs.tavily.com, "Quickstart": tvly-…, tvly-dev-….
  key("tavily", "Tavily API key", ["tvly-"], "(?:[a-z]{2,8}-)?[A-Za-z0-9-]{20,64}", wordy),
  // inference-docs.cerebras.ai, "Quickstart": csk-….
  key("cerebras", "Cerebras API key", ["csk-"], "[a-z0-9]{40,64}"),
  // docs.together.ai, "API keys": tgp_v1_…; the older keys, 64 hex digits, need a name beside them.
  key("together", "Together API key", ["tgp_v"], "\\d_[A-Za-z0-9_-]{40,50}"),
  // docs.jina.ai: jina_….
  key("jina", "Jina API key", ["jina_"], "[A-Za-z0-9_-]{50,80}"),
  // docs.voyageai.com: pa-….
  key("voyage", "Voyage API key", ["pa-"], "[A-Za-z0-9_-]{43}", wordy),
  // docs.smith.langchain.com: lsv2_pt_ (personal), lsv2_sk_ (service).
  key("langsmith", "LangSmith API key", ["lsv2_"], "(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}"),
  // docs.pinecone.io: pcsk_….
  key("pinecone", "Pinecone API key", ["pcsk_"], "[A-Za-z0-9_]{40,90}"),
  // e2b.dev/docs, "API key": e2b_ and 40 hex digits.
  key("e2b", "E2B API key", ["e2b_"], "[0-9a-f]{40}"),
];

/** Keys of clouds, code hosts and services that tools call. */
export const CLOUD_KEYS: readonly Pattern[] = [
  // docs.aws.amazon.com/IAM, "Unique identifiers": AKIA, ASIA and base32 behind it.
  key("aws-access-key", "AWS access key id", ["AKIA", "ASIA"], "[A-Z2-7]{16}"),
  {
    id: "aws-secret-key",
    title: "AWS secret access key",
    group: "key",
    literals: ["AKIA", "ASIA", "ecret", "ECRET"],
    // Forty characters of base64 are no sign by themselves: the name, or the key id, must stand before them.
    regexp:
      /(?:secret_?access_?key\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?|(?<![A-Za-z0-9_+/-])A[KS]IA[A-Z2-7]{16}[^\w+/=-]{1,8}(?:\w{1,24}\W{1,6})?)([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    keys: /^(?:aws_)?secret_?access_?key$/,
    value: /^[A-Za-z0-9/+]{40}$/,
    harmless: unlikely,
  },
  // docs.aws.amazon.com/bedrock, "API keys": ABSK… (long-term), bedrock-api-key-… (short-term), both base64.
  {
    ...key("bedrock", "Amazon Bedrock API key", ["ABSK", "bedrock-api-key-"], ""),
    regexp: /(?<![A-Za-z0-9_+/-])(?:ABSK|bedrock-api-key-)[A-Za-z0-9+/]{100,}={0,2}(?![A-Za-z0-9_+/=-])/g,
  },
  // learn.microsoft.com/purview, "Azure … key" definitions: 84 characters, JQQJ99 at the 53rd.
  {
    ...key("azure", "Azure AI key", ["JQQJ99"], ""),
    regexp: /(?<![A-Za-z0-9_+/-])[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}(?![A-Za-z0-9_+/=-])/g,
  },
  // learn.microsoft.com/purview, "Client secret": Q~ behind three characters and a digit.
  {
    ...key(
      "entra-secret",
      "Microsoft Entra client secret",
      [..."0123456789"].map((digit) => `${digit}Q~`),
      "",
    ),
    regexp: /(?<![\w.~+/-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![\w.~+/=-])/g,
  },
  // github.blog/2021-04-05-behind-githubs-new-authentication-token-formats.
  key("github", "GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], "[A-Za-z0-9]{36,251}"),
  key("github-pat", "GitHub fine-grained token", ["github_pat_"], "[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
  // docs.gitlab.com/security/tokens, "Token prefixes".
  key(
    "gitlab",
    "GitLab token",
    ["glpat-", "gldt-", "glrt-", "glptt-", "gloas-", "glcbt-"],
    "[A-Za-z0-9_-]{20,64}(?:\\.[a-z0-9.]{8,24})?",
    wordy,
  ),
  // api.slack.com/authentication/token-types; a webhook's address is its own key.
  key("slack", "Slack token", ["xox", "xapp-"], "[a-z0-9](?:\\.xox[a-z])?-[A-Za-z0-9-]{20,}", wordy),
  {
    ...key("slack-webhook", "Slack webhook", ["hooks.slack.com/"], ""),
    regexp:
      /hooks\.slack\.com\/(?:services|workflows)\/([A-Z0-9]{8,12}\/[A-Z0-9]{8,12}\/[A-Za-z0-9]{20,32})(?![\w/-])/g,
  },
  // docs.stripe.com/keys: sk_live_ and rk_live_; test keys are harmless.
  key("stripe", "Stripe live key", ["sk_live_", "rk_live_"], "[A-Za-z0-9]{20,}"),
  // github.blog/2021-09-23-announcing-npms-new-access-token-format.
  key("npm", "npm access token", ["npm_"], "[A-Za-z0-9]{36}"),
  // pypi.org/help, "API tokens": a macaroon whose first words are pypi.org.
  key("pypi", "PyPI token", ["pypi-AgE"], "[A-Za-z0-9_-]{50,}"),
  // docs.sendgrid.com, "API keys": 69 characters in three parts.
  key("sendgrid", "SendGrid API key", ["SG."], "[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
  // developers.cloudflare.com/fundamentals/api/get-started/token-formats: 40 characters and a checksum.
  key("cloudflare", "Cloudflare token", ["cfk_", "cfut_", "cfat_"], "[A-Za-z0-9]{40,56}"),
  // docs.digitalocean.com/reference/api: dop_v1_ (personal), doo_v1_ (OAuth).
  key("digitalocean", "DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], "[0-9a-f]{64}"),
  // developer.hashicorp.com/vault/docs/concepts/tokens.
  key("vault", "Vault token", ["hvs.", "hvb."], "[A-Za-z0-9_-]{24,}"),
];
