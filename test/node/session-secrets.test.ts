import { expect, test } from "vitest";
import { createOutputFilter, recallSecrets } from "../../src/node/session-secrets.ts";

const print = (secrets: ReturnType<typeof recallSecrets>, text: string): string => {
  const filter = createOutputFilter(secrets)?.();
  if (filter === undefined) return text;
  const told = Buffer.from(filter.push(Buffer.from(text)));
  return Buffer.concat([told, filter.flush()]).toString();
};

test.runIf(process.platform === "linux")(
  "a runner that takes a session over knows the secrets with which its keeper was started",
  () => {
    const home = process.env["HOME"] ?? "";
    const given = [{ name: "HOME", value: "/of/today" }];
    const secrets = recallSecrets(given, ["HOME"], process.pid);
    expect(print(secrets, `<${home}> </of/today>`)).toBe("<[secret HOME]> <[secret HOME]>");
  },
);

test("where a value is known to nobody, none of the output is kept", () => {
  expect(print(recallSecrets([], ["NOT_SET_ANYWHERE"], process.pid), "anything")).toBe("");
  expect(print(recallSecrets([], ["NOT_SET_ANYWHERE"], undefined), "anything")).toBe("");
  expect(print(recallSecrets([], [], process.pid), "anything")).toBe("anything");
});
