import {
  defaultOf,
  judgeValue,
  listGiven,
  type InputDefinitions,
  type InputValues,
} from "./input-values.ts";

/** What a reader has filled in. */
export interface InputStore {
  readonly definitions: InputDefinitions;
  /** As it was given, fit or not; the default where nothing was. */
  text(name: string): string;
  /** Why it is put into no command; `undefined` where it fits or nothing is given. */
  problem(name: string): string | undefined;
  /** Those that fit, defaults included. */
  values(): InputValues;
  /** Those that fit and are not the default. */
  given(): [string, string][];
  /** Changes some of them; an empty text is none. */
  set(texts: Iterable<readonly [string, string]>): void;
  /** Forgets all that was given, and then sets these. */
  replace(texts: Iterable<readonly [string, string]>): void;
  /** Calls `act` after each change. */
  watch(act: () => void): void;
}

/** Makes an empty store; a secret never gets into it. No I/O. */
export function createInputStore(definitions: InputDefinitions): InputStore {
  const texts = new Map<string, string>();
  const watchers: (() => void)[] = [];

  function judge(name: string): string | undefined {
    const definition = definitions.get(name);
    const text = store.text(name);
    return definition === undefined || text === "" ? undefined : judgeValue(text, definition);
  }

  function put(given: Iterable<readonly [string, string]>): void {
    for (const [name, text] of given) {
      const definition = definitions.get(name);
      if (definition === undefined || definition.type === "secret") continue;
      if (text === "" || text === defaultOf(definition)) texts.delete(name);
      else texts.set(name, text);
    }
    for (const act of watchers) act();
  }

  const store: InputStore = {
    definitions,
    text: (name) => texts.get(name) ?? defaultOf(definitions.get(name) ?? { type: "string" }) ?? "",
    problem: judge,
    values: () =>
      new Map(
        [...definitions].flatMap(([name, { type }]): [string, string][] => {
          const text = store.text(name);
          return type === "secret" || text === "" || judge(name) !== undefined
            ? []
            : [[name, text]];
        }),
      ),
    given: () => listGiven(store.values(), definitions),
    set: put,
    replace(given) {
      texts.clear();
      put(given);
    },
    watch: (act) => void watchers.push(act),
  };
  return store;
}
