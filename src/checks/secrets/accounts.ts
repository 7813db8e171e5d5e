import { placeholder } from "./harmless.ts";
import { alone, type Pattern } from "./pattern.ts";

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** Ids of projects, organisations and accounts: no key to anything, but they tell whose the recording is. */
export const PROJECTS: readonly Pattern[] = [
  {
    id: "gcp-project",
    title: "Google Cloud project",
    group: "project-id",
    literals: ["projects/", "project="],
    // docs.cloud.google.com/resource-manager: ids of 6 to 30 characters, or a number; a path or a console url names one.
    // GitHub and web pages have `projects/` too: a collection of Google's must follow an id.
    regexp:
      /(?:(?<![A-Za-z0-9_-])projects\/(?=\d{6,14}(?![\w-])|[a-z0-9-]{6,30}\/(?:locations|global|regions|zones|topics|subscriptions|secrets|models|serviceAccounts|databases|datasets|instances|services)(?![\w-]))|google\.com\/[^\s"'<>]{0,300}[?&]project=)([a-z0-9][a-z0-9-]{4,28}[a-z0-9])(?![\w-])/g,
    harmless: standIn,
  },
  {
    id: "project-id",
    title: "id of a project or an account",
    group: "project-id",
    literals: ["project", "PROJECT", "space_id", "tenant", "subscription", "account_id", "instance_id"],
    // watsonx.ai takes project_id or space_id (a uuid), Google a project_id that may be words; Azure tenants are uuids.
    regexp: new RegExp(
      `(?:project[_-]?id|space[_-]?id|tenant[_-]?id|subscription[_-]?id|account[_-]?id|instance[_-]?id|google_cloud_project)\\\\?["']?\\s{0,3}[:=]\\s{0,3}\\\\?["']?(${UUID})(?![\\w-])` +
        `|(?:["']project_id\\\\?["']\\s{0,3}:\\s{0,3}\\\\?["']|GOOGLE_CLOUD_PROJECT=["']?)([a-z][a-z0-9-]{4,28}[a-z0-9])(?![\\w-])` +
        `|\\/subscriptions\\/(${UUID})(?![\\w-])`,
      "gi",
    ),
    keys: /(?:^|_|-)(?:project|space|tenant|subscription|account|instance)[_-]?id$|^(?:google_cloud_project|gcp_project|x-goog-user-project)$/,
    value: new RegExp(`^(?:${UUID}|\\d{10,14}|[a-z](?=[a-z0-9]{0,28}-)[a-z0-9-]{4,28}[a-z0-9])$`, "i"),
    harmless: standIn,
  },
  {
    id: "openai-account",
    title: "OpenAI organisation, project or user",
    group: "project-id",
    literals: ["org-", "proj_", "user-"],
    // platform.openai.com/docs/api-reference: "Organizations and projects"; owned_by of own models names one.
    regexp: alone(["org-", "user-", "proj_"], "[A-Za-z0-9]{24}"),
    keys: /^openai-(?:organization|project)$/,
    value: /^[\w-]{6,64}$/,
    harmless: (secret) =>
      placeholder(secret) || (/^(?:org|user|proj)[-_]/.test(secret) && !/\d|[a-z][A-Z]/.test(secret)),
  },
  {
    id: "openai-fine-tune",
    title: "fine-tuned model, which names an organisation",
    group: "project-id",
    literals: ["ft:"],
    // platform.openai.com/docs/guides/fine-tuning: ft:<model>:<organisation>:<suffix>:<id>.
    regexp: /(?<![\w-])ft:[a-z0-9.-]{3,60}:[a-z0-9-]{2,60}:[\w-]{0,40}:[A-Za-z0-9]{6,12}(?![\w-])/g,
    harmless: (secret) => placeholder(secret) || /:(?:my-org|acemeco|acme|openai):/.test(secret),
  },
  {
    id: "aws-account",
    title: "AWS account",
    group: "project-id",
    literals: ["arn:aws", ".dkr.ecr."],
    // docs.aws.amazon.com/IAM, "Amazon resource names": the fifth field is the account, empty for what AWS provides.
    regexp:
      /(?<![\w-])arn:aws[a-z-]{0,12}:[a-z0-9-]{0,32}:[a-z0-9-]{0,24}:(\d{12})(?=:)|(?<!\d)(\d{12})(?=\.dkr\.ecr\.)/g,
    // The accounts of AWS' own examples.
    harmless: (secret) => /^(?:123456789012|1{4}2{4}3{4}|4{4}5{4}6{4}|(\d)\1{11}|012345678901)$/.test(secret),
  },
];

/** E-mail addresses and home directories: they name a person. */
export const PEOPLE: readonly Pattern[] = [
  {
    id: "email",
    title: "e-mail address",
    group: "email",
    literals: ["@"],
    // RFC 5321 without quotes. An escape before it (`\n` in JSON within JSON) is not part of it.
    regexp:
      /(?:(?<![\w.%+@\\/:-])|(?<=\\[nrt]|mailto:|["' ]:))[A-Za-z0-9][\w.%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w@-]|\.\w|\(|:\w)/g,
    harmless: nobody,
  },
  {
    id: "home",
    title: "home directory",
    group: "home",
    literals: ["/home/", "/Users/", "\\Users\\"],
    // An absolute path with something below the name: an address's path has a host before it.
    regexp:
      /(?:(?<![\w.~%)\]}>@/\\-])|(?<=file:\/\/|\\[nrt]))\/(?:home|Users)\/[A-Za-z_][\w.-]{0,31}(?=\/[\w.~])|(?<![A-Za-z])[A-Za-z]:\\{1,4}Users\\{1,4}[A-Za-z_][\w.-]{0,31}(?=\\)/g,
    harmless: (secret) => {
      const name = (/[^/\\]+$/.exec(secret)?.[0] ?? "").toLowerCase();
      return NOBODYS_HOME.has(name) || /^your|name$|^x+$|^\.+$/.test(name);
    },
  },
];

/** Ids that stand in documentation: `my-project`, `your-project-id`, a uuid of zeros. */
function standIn(secret: string): boolean {
  const id = secret.toLowerCase();
  return (
    /^(?:my|your|the|test|example|sample|some|a|fake|dummy|mock)[-_]|^(?:project|gcp|google)[-_]?(?:id|project)|^(?:default|string|test)|example|redacted|placeholder|^00000000-/.test(
      id,
    ) ||
    new Set(id).size < 4 ||
    /^1234567|^0123456/.test(id)
  );
}

/** Homes of machines and of nobody in particular. */
const NOBODYS_HOME = new Set(
  "user users username runner runneradmin ubuntu debian node app appuser root ec2-user vscode coder me you shared public default defaultuser admin administrator circleci travis jovyan build builder jenkins gitpod codespace vagrant pi sandbox python site docker oai linuxbrew alice bob john jdoe someone foo bar test page pages index news about products blog assets images".split(
    " ",
  ),
);

/** Addresses of roles, of nobody, and of what only looks like an address: `git@github.com`, `name@2x.png`. */
function nobody(address: string): boolean {
  const [local = "", domain = ""] = address.toLowerCase().split("@");
  const labels = domain.split(".");
  const top = labels.at(-1) ?? "";
  return (
    (!TOPS.has(top) && !(top.length === 2 && !FILES.has(top))) ||
    ROLES.test(local) ||
    RESERVED.test(domain) ||
    local.includes("..") ||
    /^[\d.]+$/.test(domain)
  );
}

/** Top domains of more than two letters that people have their mail at; any other word is code or a file. */
const TOPS = new Set(
  "com org net edu gov mil int info biz name pro dev app cloud tech online site email xyz inc coop aero museum mobi asia eus cat".split(
    " ",
  ),
);

/** Endings of files that are countries too. */
const FILES = new Set("py md rs sh so cc ps pm ts js go rb cs kt mm vb hs ml".split(" "));

const ROLES =
  /^(?:no-?_?reply|do-?not-?reply|git|user|username|your\.?_?(?:name|email)?|you|me|name|email|test|example|someone|somebody|anyone|foo|bar|alice|bob|john\.?_?doe|jane\.?_?doe|jdoe|support|help|info|contact|contactus|hello|hi|sales|press|media|privacy|legal|security|abuse|admin|administrator|root|webmaster|postmaster|office|feedback|jobs|careers|team|service|services|customerservice|billing|subscribe|newsletter|noc|dpo|copyright|editor|news|mail)(?:\+.*)?$/;

/** RFC 2606 and 6761, hosts of stand-ins, and addresses that a service hides a person behind. */
const RESERVED =
  /(?:^|\.)(?:example|test|invalid|localhost|local|localdomain)(?:\.|$)|^(?:your|my)?-?(?:domain|company|email|organization|org|site|website|provider)\.[a-z.]+$|users\.noreply\.github\.com$|^(?:foo|bar|acme|test|x|y|a|b|contoso|yourdomain)\.[a-z]+$/;
