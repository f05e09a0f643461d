import { describe, expect, test } from "vitest";
import { diagnosticRules } from "../../src/model/diagnostic-rules.ts";
import { catalogue, catalogueCodes, describeDiagnostic } from "../../src/report/catalogue.ts";
import { explainReason, quoteCode, quoteList } from "../../src/report/catalogue/quote-code.ts";

describe("the catalogue", () => {
  test("has words for each code that has a rule, and no others", () => {
    expect(catalogueCodes.toSorted()).toEqual(Object.keys(diagnosticRules).toSorted());
  });

  test.each(catalogueCodes)("%s is explained with a wrong and a right text", (code) => {
    const { title, explanation, example } = catalogue[code];
    expect(title).toMatch(/^[A-Z][^.]*$/u);
    expect(explanation).toMatch(/^[A-Z][\s\S]*\.$/u);
    expect(explanation.length).toBeGreaterThan(60);
    expect(example.right).not.toBe(example.wrong);
  });
});

describe("messages", () => {
  test("ask for the nearest name, or say what else to do", () => {
    const hint = (nearest?: string) =>
      describeDiagnostic({ code: "unknown-attribute", args: { name: "timeot", nearest } }).hint;
    expect(hint("timeout")).toBe("Did you mean `timeout`?");
    expect(hint()).toBe("Remove it, or correct its name.");
  });

  test("read well whether a reason is a sentence or what was expected", () => {
    expect(explainReason("a duration such as 30s")).toBe("expected a duration such as 30s.");
    expect(explainReason("it needs a value")).toBe("it needs a value.");
    expect(explainReason("Invalid regular expression: /(/: Unterminated group")).toBe(
      "Invalid regular expression: /(/: Unterminated group.",
    );
    const { message } = describeDiagnostic({
      code: "input-value",
      args: { name: "REPLICAS", type: "int", reason: "a whole number" },
    });
    expect(message).toBe(
      "The value of the input `REPLICAS` is not a valid `int`: expected a whole number.",
    );
  });

  test("quote a long or broken text on one short line", () => {
    expect(quoteCode("git push\n  --force")).toBe("`git push --force`");
    expect(quoteCode("a`b")).toBe("`` a`b ``");
    expect(quoteCode("x".repeat(100))).toBe(`\`${"x".repeat(71)}…\``);
    expect(quoteList(["a", "b", "c"], "or")).toBe("`a`, `b` or `c`");
    expect(quoteList([], "or")).toBe("");
  });
});
