import type { CommandStep } from "../model/runbook.ts";

/** Commands that keep a copy, from their manual pages. */
const keeping =
  /\b(?:pg_dump(?:all)?|pg_basebackup|mysqldump|mariadb-dump|mydumper|mongodump|mongoexport|bgsave|cp|tar|zip|rsync|scp|tarsnap|duplicity|borgmatic|rsnapshot|vgcfgbackup|dumpdata)(?=$|[\s>|;&\\])|--rdb\b|\b(?:7z|7za) a |\bdd .{0,200}?\bof=|\bxtrabackup\b|\bborg create |\bgit (?:branch|tag) ["'$\w]|\bgit (?:stash(?! (?:drop|pop|list))|bundle create)|\bs3 (?:cp|mv|sync) |\bgsutil\b.{0,200}? (?:cp|rsync) |\brclone (?:copy|sync) |\bazcopy (?:copy|sync|cp) |\bstate pull\b|\bget [^|\n]{0,300}?(?:-o ?|--output[= ])(?:yaml|json)|\bdocker (?:commit|save|export) |\blvcreate .{0,200}?-(?:s\b|-snapshot)|\b(?:create-(?:image|[\w-]{0,60}snapshot|backup)|mksnap)\b|\bcreate table [^;]{0,300}?\b(?:as|like)\b|\bcopy [^;]{0,300}?\bto\b|>>? ?\S{0,200}?(?:backup|back-up|\.bak|\.old|\.orig|before)|\bmv .{0,300}?\.(?:bak|old|orig)\b|\b(?:get|api|show)\b.{0,300}?> ?\S{1,200}\.(?:json|ya?ml)\b/is;
/** What the words of a project's own scripts and of sub-commands say: `make backup`, `backups create`. */
const keepingWord =
  /(?:^|[\s/:_."'-])(?:back-?ups?|snap(?:shot)?s?|_snapshot|dump(?:all)?|export(?:_\w+)?)(?=$|[\s:;_/"'|&>\\-]|\.(?:sh|bash|py|rb|js|ts|ps1)\b)/i;
/** Words of commands that read such copies, or take them away. */
const otherUse =
  /restor|recover|(?<![-\w])(?:ls|list(?:-\w+)*|show|get|logs|describe(?:-\w+)*|delete(?:-\w+)*|rm|remove|drop|prune|expire|verify|check|info|import|unset|destroy)\b/i;
/** The shell's own word for variables, and what only prints. */
const noUse = /^(?:export|echo|printf)\s/;

/**
 * True where the commands of a step keep what is there now: a dump, a snapshot, a copy, a script that
 * is called a backup; with `before`, commands up to that offset of the script alone.
 *
 * No I/O.
 */
export function keepsSomething({ script, shell }: CommandStep, before = script.length): boolean {
  const text = script.slice(0, before);
  if (shell === undefined) return keeping.test(text) || keepingWord.test(text);
  return shell.commands.some(({ range, redirections }) => {
    const end = Math.max(range.end, ...redirections.map((one) => one.range.end));
    if (range.start >= before) return false;
    const command = text.slice(range.start, end);
    if (keeping.test(command)) return true;
    return keepingWord.test(command) && !otherUse.test(command) && !noUse.test(command);
  });
}
