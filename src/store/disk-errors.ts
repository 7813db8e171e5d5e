/** What the disk says, for people: the fact, and what to look at. */
interface DiskFact {
  readonly fact: string;
  readonly look: string;
}

const FACTS: Readonly<Record<string, DiskFact>> = {
  ENOSPC: { fact: "no space left on the disk", look: "df -h" },
  EDQUOT: { fact: "the disk quota is used up", look: "df -h" },
  EROFS: { fact: "the file system is read-only", look: "df -h" },
  EACCES: { fact: "permission denied", look: "ls -ld" },
  EPERM: { fact: "permission denied", look: "ls -ld" },
  ENAMETOOLONG: { fact: "the name is too long", look: "ls -ld" },
};

/** What an error of the disk is for people; of one that has no words of ours, those of Node without its call and path. */
export const diskFact = ({ code = "", message }: NodeJS.ErrnoException): DiskFact =>
  FACTS[code] ?? { fact: message.replace(/, [a-z]+(?: '.*)?$/s, ""), look: "ls -ld" };
