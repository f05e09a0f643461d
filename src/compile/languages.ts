/** How the code of a fence's language is run. */
export interface Language {
  /** `bash` is the session's own shell; anything else is a program that gets the code's file. */
  readonly interpreter: string;
  readonly isShell: boolean;
  /** True where a fence is a command without saying `run`. */
  readonly runsByDefault: boolean;
  readonly isTranscript?: boolean;
}

const sessionShell: Language = { interpreter: "bash", isShell: true, runsByDefault: true };
const transcript: Language = { ...sessionShell, isTranscript: true };
const otherShell = (interpreter: string): Language => ({
  interpreter,
  isShell: false,
  runsByDefault: true,
});
const program = (interpreter: string): Language => ({
  interpreter,
  isShell: false,
  runsByDefault: false,
});

/**
 * The languages that can be run, by the word behind the fence in lower case.
 *
 * Names and aliases are those of GitHub's highlighter; the transcripts `console` and
 * `shell-session` are read for their prompts.
 */
export const languages: ReadonlyMap<string, Language> = new Map([
  ["bash", sessionShell],
  ["sh", sessionShell],
  ["shell", sessionShell],
  ["shellscript", sessionShell],
  ["console", transcript],
  ["shell-session", transcript],
  ["shellsession", transcript],
  ["bash-session", transcript],
  // Close enough to bash to be read for blanks, risk and programs.
  ["zsh", { ...sessionShell, interpreter: "zsh" }],
  ["fish", otherShell("fish")],
  ["pwsh", otherShell("pwsh")],
  ["powershell", otherShell("pwsh")],
  ["python", program("python3")],
  ["python3", program("python3")],
  ["py", program("python3")],
  ["js", program("node")],
  ["javascript", program("node")],
  ["mjs", program("node")],
  ["ts", program("node")],
  ["typescript", program("node")],
  ["ruby", program("ruby")],
  ["rb", program("ruby")],
  ["perl", program("perl")],
  ["php", program("php")],
  ["lua", program("lua")],
  ["r", program("Rscript")],
  ["awk", program("awk -f")],
  ["sql", program("psql --no-psqlrc --set=ON_ERROR_STOP=1 --file")],
]);

/** The word that names a command's expected output. */
export const outputLanguage = "output";

/**
 * Splits the word behind a fence into its language, in lower case, and what other tools glue to it:
 * `bash{1,2}` is `bash` and `{1,2}`.
 *
 * Unknown words are left whole. No I/O.
 */
export function splitLanguage(word: string): { readonly name: string; readonly glued: string } {
  const whole = word.toLowerCase();
  if (languages.has(whole)) return { name: whole, glued: "" };
  const name = /^[a-z][\w+#-]*/.exec(whole)?.[0] ?? "";
  const isKnown = languages.has(name) || name === outputLanguage;
  return isKnown ? { name, glued: word.slice(name.length) } : { name: whole, glued: "" };
}
