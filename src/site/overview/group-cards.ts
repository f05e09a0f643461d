import type { NamedGroup, ProjectOverview, RunbookCard } from "./project-overview.ts";

/** So many runbooks are shown on the first page; where there are more, their groups are. */
export const mostListed = 60;

/** Runbooks under one heading. */
export interface CardGroup {
  readonly title: string;
  /** The group that the heading leads to; absent for what belongs to none. */
  readonly group?: NamedGroup | undefined;
  readonly cards: readonly RunbookCard[];
}

/**
 * Puts all runbooks under the services that they are about; those of none come last, under the folder
 * that they lie in.
 *
 * A runbook of two services is under both. No I/O.
 */
export function groupByService({ cards, services }: ProjectOverview): readonly CardGroup[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  const groups = services.map((group) => ({
    title: group.name,
    group,
    cards: findCards(group, byId),
  }));
  const grouped = new Set(services.flatMap(({ runbooks }) => runbooks));
  const folders = new Map<string, RunbookCard[]>();
  for (const card of cards) {
    if (grouped.has(card.id)) continue;
    const folder = card.id.split("/").slice(0, -1).join("/");
    folders.set(folder, [...(folders.get(folder) ?? []), card]);
  }
  const rest = [...folders].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...groups,
    ...rest.map(([folder, own]) => ({
      title: folder === "" ? (groups.length > 0 ? "No service named" : "All runbooks") : folder,
      cards: own,
    })),
  ];
}

/** The cards of a group, in its order. No I/O. */
export function findCards(
  { runbooks }: NamedGroup,
  byId: ReadonlyMap<string, RunbookCard>,
): readonly RunbookCard[] {
  return runbooks.map((id) => byId.get(id)).filter((card) => card !== undefined);
}
