/** Characters that look random and are the same in every run: no sample stands in the source as a scanner would see it. */
export function chance(length: number, alphabet = LETTERS, seed = 7): string {
  let state = seed * 7919 + length;
  let out = "";
  while (out.length < length) {
    state = (state * 1103515245 + 12345) % 2147483648;
    out += alphabet[Math.floor(state / 65536) % alphabet.length];
  }
  return out;
}

export const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX = "0123456789abcdef";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

const hex = (length: number): string => chance(length, HEX);
const uuid = [8, 4, 4, 4, 12].map(hex).join("-");
const base64url = (text: string): string => Buffer.from(text).toString("base64url");
const pem = (name: string, body: string): string =>
  [`-----BEGIN ${name}`, `-----\n${body}\n-----END ${name}-----`].join("");
const jwt = (header: string): string => [base64url(header), base64url('{"sub":"tide"}'), chance(43)].join(".");

/** A secret as it stands in a text, and under which key. */
export interface Sample {
  secret: string;
  before?: string;
  behind?: string;
  key?: string;
}

/** Of each pattern secrets that it must find, and texts (or [key, text]) in which nothing may be found. */
export const SAMPLES: Record<string, { fires: Sample[]; not: (string | [key: string, text: string])[] }> = {
  anthropic: {
    fires: [{ secret: ["sk-", "ant-api03-", chance(93), "AA"].join("") }],
    not: ["sk-ant-…", `sk-ant-api03-${"x".repeat(32)}`, ["sk-", "ant-your-api-key-goes-here-please"].join("")],
  },
  openrouter: { fires: [{ secret: `${"sk-or"}-v1-${hex(64)}` }], not: ["sk-or-v1-", `sk-or-v1-${"0".repeat(64)}`] },
  "openai-project": {
    fires: ["proj", "svcacct", "admin"].map((sort) => ({ secret: `sk-${sort}-${chance(120)}` })),
    not: [["sk-", "proj-test-1234-abcd-efgh-ijkl-mnop"].join(""), "sk-proj-...", `task-proj-${chance(40)}`],
  },
  openai: {
    fires: [{ secret: ["sk-", chance(20), "T3Blbk", "FJ", chance(20)].join("") }],
    not: [["T3Blbk", "FJ"].join(""), `sk-${"x".repeat(20)}T3BlbkFJ${"x".repeat(20)}`],
  },
  langfuse: { fires: [{ secret: `sk-lf-${uuid}` }], not: ["sk-lf-00000000-0000-0000-0000-000000000000"] },
  sk: {
    fires: [{ secret: `sk-${hex(32)}` }],
    not: [
      "https://news.example/sk-hynix-2024-memory-prices-rise-again",
      "https://news.example/2024/sk-hynixmemorypricesrise2024",
      "sk-test",
      "sk-…",
      "sk-xxxx",
      `sk-${"1234567890abcdef".repeat(2)}`,
      `risk-${hex(32)}`,
    ],
  },
  google: {
    fires: [{ secret: ["AI", "zaSy", chance(33)].join("") }],
    not: [`AIzaSy${chance(20)}`, `x${["AI", "zaSy", chance(33)].join("")}`, `AIzaSy${"A".repeat(33)}`],
  },
  groq: { fires: [{ secret: `gsk_${chance(52)}` }], not: ["gsk_your_key", `gsk_${"a".repeat(52)}`] },
  huggingface: { fires: [{ secret: `hf_${chance(34)}` }], not: ["hf_model_download_counter_of_the_last_month"] },
  fireworks: { fires: [{ secret: `fw_${chance(24)}` }], not: ["fw_firmwareversionnumberone"] },
  xai: { fires: [{ secret: `xai-${chance(80)}` }], not: ["xai-grok-4-fast-reasoning-2025-09-01"] },
  perplexity: { fires: [{ secret: `pplx-${chance(48)}` }], not: ["pplx-70b-online-and-some-other-model-names"] },
  replicate: { fires: [{ secret: `r8_${chance(37)}` }], not: [`r8_${chance(30)}`] },
  databricks: {
    fires: [{ secret: `da${"pi"}${hex(32)}` }],
    not: [`dapi${hex(31)}`, "__databricks__/serving-endpoints"],
  },
  nvidia: { fires: [{ secret: `nvapi-${chance(64)}` }], not: ["nvapi-<your key>"] },
  tavily: {
    fires: [{ secret: `tvly-dev-${chance(32)}` }],
    not: ["tvly-YOUR_API_KEY", "tvly-search-results-of-the-week"],
  },
  cerebras: { fires: [{ secret: `csk-${chance(48, LOWER)}` }], not: ["csk-cricket-team-of-chennai-super-kings-2024"] },
  together: { fires: [{ secret: `tgp_v1_${chance(43)}` }], not: ["tgp_v1_"] },
  jina: { fires: [{ secret: `jina_${chance(60)}` }], not: ["jina_embeddings_v3"] },
  voyage: { fires: [{ secret: `pa-${chance(43)}` }], not: ["pa-system-of-the-harbour-and-its-many-long-wires"] },
  langsmith: { fires: [{ secret: `lsv2_pt_${hex(32)}_${hex(10)}` }], not: ["lsv2_pt_"] },
  pinecone: { fires: [{ secret: `pcsk_${chance(70)}` }], not: ["pcsk_…"] },
  e2b: { fires: [{ secret: `e2b_${hex(40)}` }], not: [`e2b_${"0".repeat(40)}`] },
  "aws-access-key": {
    fires: ["AK", "AS"].map((start) => ({ secret: `${start}IA${chance(16, BASE32)}` })),
    // The key of AWS' own documentation, and what base64 chances upon.
    not: [["AKIA", "IOSFODNN7EXAMPLE"].join(""), `${chance(40)}+AKIA${chance(16, BASE32)}/${chance(40)}`],
  },
  "aws-secret-key": {
    fires: [
      { before: "aws_secret_access_key = ", secret: chance(40) },
      { before: `${["AKIA", "IOSFODNN7EXAMPLE"].join("")}:`, secret: chance(40) },
      { key: "SecretAccessKey", secret: chance(40) },
    ],
    not: [chance(40), `aws_secret_access_key = ${["wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY"].join("")}`],
  },
  bedrock: { fires: [{ secret: `ABSK${chance(128)}` }], not: ["bedrock-api-key-of-the-team", `ABSK${chance(30)}`] },
  azure: {
    fires: [{ secret: `${chance(52)}JQQJ99${chance(26)}` }],
    not: ["JQQJ99", `${chance(52)}JQQJ99${chance(27)}`],
  },
  "entra-secret": {
    fires: [{ secret: `${chance(3)}8Q~${chance(34)}` }],
    not: ["FAQ~ questions that are often asked by many"],
  },
  github: {
    fires: ["p", "o", "s"].map((sort) => ({ secret: `gh${sort}_${chance(36)}` })),
    not: [`ghp_${"x".repeat(36)}`],
  },
  "github-pat": { fires: [{ secret: `github_pat_${chance(22)}_${chance(59)}` }], not: ["github_pat_of_the_team"] },
  gitlab: { fires: [{ secret: `glpat-${chance(20)}` }], not: [["glp", "at-this-is-a-name-of-words"].join("")] },
  slack: {
    fires: [{ secret: `xox${"b"}-${chance(12, "0123456789")}-${chance(24)}` }, { secret: `xapp-1-${chance(40)}` }],
    not: ["xoxb-your-token", "xoxo-hugs-and-kisses-to-all-of-you"],
  },
  "slack-webhook": {
    fires: [
      {
        before: "https://hooks.slack.com/services/",
        secret: `T${chance(8, CAPITALS)}/B${chance(8, CAPITALS)}/${chance(24)}`,
      },
    ],
    not: [`https://hooks.slack.com/services/T${"0".repeat(8)}/B${"0".repeat(8)}/${"X".repeat(24)}`],
  },
  stripe: { fires: [{ secret: `sk_${"live"}_${chance(24)}` }], not: [`sk_test_${chance(24)}`] },
  npm: { fires: [{ secret: `npm_${chance(36)}` }], not: ["npm_package_config_registry_of_the_project"] },
  pypi: { fires: [{ secret: `pypi-AgE${chance(90)}` }], not: ["pypi-AgE"] },
  sendgrid: { fires: [{ secret: `SG.${chance(22)}.${chance(43)}` }], not: ["SG.Singapore.Harbour"] },
  cloudflare: { fires: [{ secret: `cfut_${chance(48)}` }], not: ["cfut_"] },
  digitalocean: { fires: [{ secret: `dop_v1_${hex(64)}` }], not: ["dop_v1_", `dop_v1_${"f".repeat(64)}`] },
  vault: { fires: [{ secret: `hvs.${chance(24)}` }], not: [["hvs", ".example-token-of-the-documentation"].join("")] },
  "private-key": {
    fires: ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY"].map((name) => ({ secret: pem(name, chance(64)) })),
    not: [
      pem("PRIVATE KEY", "..."),
      pem("PUBLIC KEY", chance(64)),
      "It begins with -----BEGIN PRIVATE KEY----- and a line of base64.",
    ],
  },
  "private-key-id": {
    fires: [
      { key: "private_key_id", secret: hex(40) },
      { before: '{"private_key_id": "', secret: hex(40), behind: '"}' },
    ],
    not: [hex(40), ["private_key_id", "0".repeat(40)], ["commit", hex(40)]],
  },
  "google-oauth": {
    fires: [{ secret: `ya29.${chance(120)}` }, { secret: `GOCSPX-${chance(28)}` }],
    not: ["ya29.…", `GOCSPX-${"x".repeat(28)}`],
  },
  jwt: {
    fires: [{ secret: jwt('{"alg":"HS256","typ":"JWT"}') }],
    not: [jwt('{"tide":"high","water":"low"}'), base64url('{"alg":"HS256","typ":"JWT"}'), `eyJ${chance(400)}`],
  },
  "signed-url": {
    fires: [
      { before: "https://a.invalid/b?sv=1&sig=", secret: `${chance(43)}%3D` },
      { before: "https://a.invalid/?X-Amz-Signature=", secret: hex(64) },
    ],
    not: ["https://a.invalid/?sig=none", `https://a.invalid/?sig=${"x".repeat(43)}`],
  },
  "url-password": {
    fires: [{ before: "postgres://tide:", secret: chance(12), behind: "@db.invalid/tides" }],
    not: [
      ["postgres://postgres:postgres", "localhost/"].join("@"),
      ["https://user:password", "a.invalid"].join("@"),
      "http://a.invalid:8080/@tide",
    ],
  },
  cookie: {
    fires: [
      { key: "Set-Cookie", before: "__cf_bm=", secret: chance(60) },
      { before: "set-cookie: id=", secret: chance(40), behind: "; path=/" },
    ],
    not: [["set-cookie", "theme=light; path=/"], "cookie: a biscuit of 1990"],
  },
  basic: {
    fires: [{ before: "Authorization: Basic ", secret: Buffer.from(`tide:${chance(12)}`).toString("base64") }],
    not: ["Basic arithmetic", "Basic understanding1 of tides"],
  },
  bearer: {
    fires: [
      { before: "Bearer ", secret: chance(40) },
      { before: "curl -H 'authorization: bearer ", secret: hex(32), behind: "'" },
    ],
    not: [
      "Bearer with bonds",
      "Authorization: Bearer <token>",
      "Bearer YOUR_API_KEY_GOES_HERE",
      "Bearer ***",
      "Bearer $OPENAI_API_KEY",
    ],
  },
  named: {
    fires: [
      { key: "api_key", secret: hex(32) },
      { key: "X-Subscription-Token", secret: chance(31) },
      { key: "authorization", before: "Token ", secret: chance(32) },
      { before: "MISTRAL_API_KEY=", secret: chance(32) },
      { before: '{\\"api-key\\": \\"', secret: hex(32), behind: '\\"}' },
    ],
    not: [
      ["api_key", "REDACTED"],
      ["api_key", "your-api-key-goes-here-1"],
      ["prompt_cache_key", chance(32)],
      ["token", " today"],
      ["authorization", "Bearer __databricks__"],
      'client = Client(api_key=os.environ["TAVILY_API_KEY"])',
      "api_key = settings.tools.search_api_key_v2",
    ],
  },
  "gcp-project": {
    fires: [
      {
        before: "projects/",
        secret: "tide-tables-417",
        behind: "/locations/us-central1/publishers/google/models/gemini",
      },
      { before: "projects/", secret: chance(12, "23456789"), behind: "" },
    ],
    not: [
      "https://github.com/tides/projects/harbour-tools/issues",
      "projects/my-project/locations/global",
      "projects/your-project-id/topics/a",
    ],
  },
  "project-id": {
    fires: [
      { key: "project_id", secret: uuid },
      { key: "project_id", secret: "tide-tables-417" },
      { before: '{"project_id": "', secret: "tide-tables-417", behind: '"}' },
      { before: "/subscriptions/", secret: uuid, behind: "/resourceGroups/a" },
    ],
    not: [
      uuid,
      ["id", uuid],
      ["project_id", "00000000-0000-0000-0000-000000000000"],
      ["project_id", "my-project-id"],
      ["model_id", uuid],
    ],
  },
  "openai-account": {
    fires: [
      { before: "organization ", secret: `org-${chance(24)}`, behind: " on requests" },
      { key: "openai-organization", secret: "tide-tables" },
    ],
    not: ["org-mode", "user-friendly-interface-design", "proj_", `user-${"x".repeat(24)}`],
  },
  "openai-fine-tune": {
    fires: [{ secret: `ft:gpt-4o-mini-2024-07-18:tide-tables::${chance(8)}` }],
    not: ["ft:gpt-4o-mini-2024-07-18:my-org:custom_suffix:id", "draft:gpt"],
  },
  "aws-account": {
    fires: [{ before: "arn:aws:iam::", secret: chance(12, "23456789"), behind: ":user/tide" }],
    not: [
      "arn:aws:iam::123456789012:user/tide",
      "arn:aws:bedrock:us-west-2::foundation-model/a",
      chance(12, "23456789"),
    ],
  },
  "azure-host": {
    fires: ["openai.azure.com", "cognitiveservices.azure.com"].map((host) => ({
      before: "https://",
      secret: `tide-tables.${host}`,
      behind: "/openai/v1",
    })),
    not: [
      "https://example-station.openai.azure.com/openai",
      "https://<resource>.openai.azure.com",
      "https://learn.microsoft.com/azure",
      "https://management.azure.com/",
    ],
  },
  "databricks-host": {
    fires: [
      { before: "https://", secret: `dbc-${hex(8)}-${hex(4)}.cloud.databricks.com`, behind: "/serving-endpoints" },
      { secret: `adb-${chance(16, "23456789")}.7.azuredatabricks.net` },
    ],
    not: [
      "https://docs.databricks.com/",
      "https://accounts.cloud.databricks.com/",
      "__databricks__/serving-endpoints/v1/chat/completions",
    ],
  },
  "aws-host": {
    fires: [{ before: "https://", secret: `${chance(10, LOWER)}.execute-api.us-east-1.amazonaws.com`, behind: "/v1" }],
    not: ["https://bedrock-runtime.us-west-2.amazonaws.com/openai", "https://bedrock-mantle.us-east-2.api.aws/v1"],
  },
  "endpoint-host": {
    fires: [{ before: "https://", secret: `${chance(16, LOWER)}.us-east-1.aws.endpoints.huggingface.cloud` }],
    not: [
      "https://us-south.ml.cloud.ibm.com/ml/v1",
      "https://api-inference.huggingface.co",
      "https://api.together.xyz/v1",
    ],
  },
  "internal-host": {
    fires: [{ before: "http://", secret: "vllm.tides.svc.cluster.local", behind: ":8000/v1" }],
    not: ["http://localhost:8000", "com.tide.internal.Table", "http://host.docker.internal:11434"],
  },
  email: {
    fires: [
      { secret: ["marta.tide", "harbour-office.org"].join("@") },
      { before: "write to <", secret: ["m.k+x", "tide.co.uk"].join("@"), behind: ">" },
      { before: '"a\\n', secret: ["mk", "tide.de"].join("@") },
    ],
    not: [
      ["marta", "example.com"].join("@"),
      ["marta", "mail.test"].join("@"),
      ["noreply", "tide.org"].join("@"),
      "git@github.com:tide/table.git",
      "name@2x.png",
      "import x\\n@bot.event\\nasync def",
      "npm i vitest@4.1.12 and left@pad.js",
      "user@localhost",
    ],
  },
  home: {
    fires: [
      { before: 'File "', secret: "/home/marta", behind: '/tides/table.py", line 3' },
      { before: "at ", secret: "/Users/mk.tide", behind: "/src/a.ts" },
      { secret: "C:\\Users\\marta", behind: "\\tides" },
      { before: "file://", secret: "/home/marta", behind: "/a" },
    ],
    not: [
      "https://tide.invalid/home/marta/a",
      "/home/user/a",
      "/home/runner/work/a",
      "/Users/<name>/a",
      "/home/",
      "/home/your_name/a",
      "C:\\Users\\Public\\a",
    ],
  },
};
