import { describe, expect, it, vi } from "vitest";
import type { ContractDefinition } from "../../src/model/front-matter.ts";
import { probeContracts, readVariableNames } from "../../src/node/probe-contracts.ts";
import { currentEnvironment, makeTemporaryFolder } from "./open-test-session.ts";

vi.setConfig({ testTimeout: 60_000 });

function probe(definition: ContractDefinition, environment: Record<string, string> = {}) {
  return probeContracts(
    [{ name: "service", runbook: "deployment", definition }],
    currentEnvironment(environment),
    makeTemporaryFolder(),
  );
}

const variables: ContractDefinition["variables"] = {
  CONTRACT_URL: { required: true, secret: true, description: "The database" },
  CONTRACT_BUCKET: { required: "for documents", secret: false, description: "The bucket" },
  CONTRACT_NOTE: { required: false, secret: false },
};

const missing = (name: string, description: string, severity: string) => ({
  code: "missing-variable",
  args: { contract: "service", name, description },
  severity,
});

describe("probeContracts", () => {
  it("looks at the operator's environment without a probe", async () => {
    expect(await probe({ variables }, { CONTRACT_URL: "x", CONTRACT_BUCKET: "y" })).toEqual([]);
    expect(await probe({ variables }, { CONTRACT_URL: "" })).toEqual([
      missing("CONTRACT_URL", "The database", "error"),
      missing("CONTRACT_BUCKET", "The bucket (for documents)", "warning"),
    ]);
  });

  it("runs the probe, and does not look at the environment then", async () => {
    const definition = { variables, probe: "echo CONTRACT_BUCKET=b; echo CONTRACT_URL=; pwd >&2" };

    expect(await probe(definition, { CONTRACT_URL: "here" })).toEqual([
      missing("CONTRACT_URL", "The database", "error"),
    ]);
  });

  it.each([
    ["fails", "echo secret-value >&2; echo CONTRACT_URL=secret-value; exit 3", "exit code 3"],
    ["is not there", "no-such-probe-here", "exit code 127"],
    ["waits for input", "read -r line", "exit code 1"],
    ["is killed", "kill -9 $$", "it could not be run to its end (SIGKILL)"],
  ])("knows nothing of a place whose probe %s", async (_, command, reason) => {
    const found = await probe({ variables, probe: command });

    expect(found).toEqual([
      { code: "contract-probe", args: { contract: "service", command, reason }, severity: "error" },
    ]);
  });

  it("keeps values to itself", async () => {
    const definition = {
      variables,
      probe: "echo CONTRACT_OTHER=secret-value; echo secret-value >&2",
    };

    expect(JSON.stringify(await probe(definition))).not.toContain("secret-value");
  });
});

describe("readVariableNames", () => {
  it("takes the names that have a value", () => {
    const text =
      "A=1\r\n  B=two words\nexport C='x'\nD=\nE=''\nF=\"\"\nG= \n# H=1\nnot a line\n1I=1\nJ=a=b\n";

    expect([...readVariableNames(text)]).toEqual(["A", "B", "C", "J"]);
  });
});
