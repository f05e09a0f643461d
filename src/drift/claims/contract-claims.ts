import type { ClaimKind } from "../claim-kind.ts";
import type { DriftDocument } from "../drift-document.ts";
import type { Span } from "../../model/source.ts";

/** A contract of a runbook: the variables that a place must have. */
export interface ContractClaim {
  readonly contract: string;
  /** In the order of the document. */
  readonly variables: readonly string[];
  /** Variables of all contracts of the same document. */
  readonly all: readonly string[];
}

/** A variable of a contract. */
export interface ContractVariableClaim extends ContractClaim {
  readonly name: string;
}

/** Contracts in front matter, each as a whole. */
export const contractClaims: ClaimKind<ContractClaim> = {
  name: "contract",
  title: "contracts",
  description: "Each contract in front matter as a whole: that its list of variables is complete.",
  collect: (document) =>
    listContracts(document).map(({ value, span }) => ({
      value,
      span,
      text: value.contract,
      origin: "front-matter",
    })),
};

/** Variables that contracts in front matter list. */
export const contractVariableClaims: ClaimKind<ContractVariableClaim> = {
  name: "contract-variable",
  title: "variables of contracts",
  description:
    "Each variable that a contract in front matter lists: that there is one of this name.",
  collect: (document) =>
    listContracts(document).flatMap(({ value }) =>
      value.variables.flatMap((name) => {
        const span = spanOf(document, `contracts.${value.contract}.variables.${name}`);
        if (span === undefined) return [];
        return [{ value: { ...value, name }, span, text: name, origin: "front-matter" as const }];
      }),
    ),
};

function listContracts(
  document: DriftDocument,
): readonly { readonly value: ContractClaim; readonly span: Span }[] {
  const contracts = Object.entries(document.runbook.frontMatter.contracts ?? {});
  const all = contracts.flatMap(([, { variables }]) => Object.keys(variables));
  return contracts.flatMap(([contract, { variables }]) => {
    const span = spanOf(document, `contracts.${contract}`);
    if (span === undefined) return [];
    return [{ value: { contract, variables: Object.keys(variables), all }, span }];
  });
}

function spanOf({ parsed }: DriftDocument, key: string): Span | undefined {
  return parsed.frontMatter?.spans.get(key);
}
