import { expect, test } from "vitest";
import { envFacts } from "../../../src/drift/facts/env-facts.ts";
import { observeFacts } from "../observe-facts.ts";

test("names are read from examples alone, each once, never from real files", async () => {
  const { facts } = await observeFacts(envFacts, {
    ".env": "SECRET=1\n",
    ".env.production": "SECRET=1\n",
    ".env.example":
      "# Copy to .env, then fill in\r\nA=1\r\nexport B=2\r\n# C=3\r\nA=4\r\nlower=5\r\n",
    "deploy/.env.compose.example": "D=\n",
    "examples/x/.env.example": "E=\n",
  });
  const { examples } = facts;
  expect(examples.map(({ path, variables }) => [path, variables.map(({ name }) => name)])).toEqual([
    [".env.example", ["A", "B", "C"]],
    ["deploy/.env.compose.example", ["D"]],
  ]);
  expect(examples[0]?.variables[1]?.span).toMatchObject({
    start: { line: 3, column: 8 },
    end: { line: 3, column: 9 },
  });
});
