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
  ["zsh", otherShell("zsh")],
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

/** The words that name a command's expected output. */
export const outputLanguage = "output";
