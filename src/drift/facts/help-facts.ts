import type { FactSource } from "../fact-source.ts";
import { parseHelpText, type HelpText } from "./parse-help-text.ts";

/** Help texts of installed programs, each asked for once and only where it is needed. */
export interface HelpFacts {
  /**
   * The help of a program or of a sub-command: `["git", "push"]`.
   *
   * `unasked` where programs are not asked, `absent` where it is not installed or says nothing.
   */
  readHelp(words: readonly string[]): Promise<HelpText | "unasked" | "absent">;
}

/** Facts of installed programs: the options and sub-commands that their help texts list. */
export const helpFacts: FactSource<HelpFacts> = {
  name: "help",
  title: "help texts of installed programs",
  description:
    "With `check --observe help`, starts programs that the front matter declares, and those that every machine has, with `--help` (`git SUB -h`, `curl --help all`), and reads which options and sub-commands they list. A program that lies within the repository is not started; a sub-command is asked only where its program lists it.",
  observe({ repository }) {
    const texts = new Map<string, Promise<HelpText | "unasked" | "absent">>();
    const ask = async (words: readonly string[]): Promise<HelpText | "unasked" | "absent"> => {
      const text = await repository.readHelp(words);
      if (text === undefined) return "unasked";
      return text.trim() === "" ? "absent" : parseHelpText(text);
    };
    const facts: HelpFacts = {
      readHelp(words) {
        const key = words.join(" ");
        const known = texts.get(key) ?? ask(words);
        texts.set(key, known);
        return known;
      },
    };
    return Promise.resolve({ facts, problems: [] });
  },
};
