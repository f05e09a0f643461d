import { describe, expect, test } from "vitest";
import type { SearchFragment } from "../../src/site/browser/search-index.ts";
import { findMatches, type ExcerptPiece } from "../../src/site/browser/search-matches.ts";

const content =
  "Deploy the shop. Brings a release out. Before you begin. Tell the team. " +
  "Push it. git push --force origin main Push it by hand. Press the button and push.";
const words = content.split(" ");

/** The page of a small runbook, with the words that match by their numbers. */
function fragmentOf(...locations: readonly number[]): SearchFragment {
  return {
    raw_url: "/runbooks/deploy/",
    content,
    meta: { title: "Deploy the shop" },
    filters: {},
    anchors: [
      { element: "h1", id: "deploy", text: "Deploy the shop", location: 0 },
      { element: "h2", id: "before", text: "Before you begin", location: at("Before") },
      { element: "h2", id: "push-it", text: "Push it", location: at("Push") },
      { element: "article", id: "step-push", text: "", location: at("Push") },
      { element: "p", id: "title:push", text: "Push it", location: at("Push") },
      { element: "article", id: "step-hand", text: "", location: at("Push", 2) },
      { element: "p", id: "title:hand", text: "Push it by hand", location: at("Push", 2) },
    ],
    weighted_locations: locations.map((location) => ({ location, balanced_score: 1 })),
  };
}

/** The number of a word, where it stands for the `nth` time. */
function at(word: string, nth = 1): number {
  return words.flatMap((one, place) => (one === word ? [place] : []))[nth - 1] ?? -1;
}

/** An excerpt as one line, with what matches in brackets. */
function write(pieces: readonly ExcerptPiece[]): string {
  return pieces.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join("");
}

describe("findMatches", () => {
  test("shows how a page begins where its title alone has the words", () => {
    const found = findMatches(fragmentOf(0), "deploy");
    expect(found).toMatchObject({ title: "Deploy the shop", path: "/runbooks/deploy/" });
    expect(write(found.excerpt)).toBe("Brings a release out.");
    expect(found.sections).toEqual([]);
  });

  test("leads to the step that holds the words, and not to the heading of the same name above it", () => {
    const { excerpt, sections } = findMatches(fragmentOf(at("git")), "git");
    expect(excerpt).toEqual([]);
    expect(sections).toHaveLength(1);
    expect(sections[0]).toMatchObject({ title: "Push it", anchor: "step-push", isStep: true });
    expect(write(sections[0]?.excerpt ?? [])).toBe("[git] push --force origin main");
  });

  test("leads to a section where no step holds the words", () => {
    const { sections } = findMatches(fragmentOf(at("team.")), "team");
    expect(sections.map(({ anchor, isStep }) => [anchor, isStep])).toEqual([["before", false]]);
    expect(write(sections[0]?.excerpt ?? [])).toBe("Tell the [team.]");
  });

  test("keeps the page's order, and leaves out what has only some of the words", () => {
    const [git, push, hand] = [at("git"), at("push"), at("push.")];
    const some = findMatches(fragmentOf(hand, push, git), "push");
    expect(some.sections.map(({ anchor }) => anchor)).toEqual(["step-push", "step-hand"]);
    const all = findMatches(fragmentOf(hand, push, git), 'git "push"');
    expect(all.sections.map(({ anchor }) => anchor)).toEqual(["step-push"]);
    expect(write(all.sections[0]?.excerpt ?? [])).toBe("[git] [push] --force origin main");
  });

  test("shows a part of a long text, and that there is more on both sides", () => {
    const long = Array.from({ length: 90 }, (_, number) => `w${number}`);
    const fragment = {
      ...fragmentOf(50),
      content: long.join(" "),
      meta: { title: "Long" },
      anchors: [],
    };
    const excerpt = write(findMatches(fragment, "w50").excerpt);
    expect(excerpt).toMatch(/^… w45 w46 w47 w48 w49 \[w50\] w51 .* w66 …$/);
  });

  test("finds a title for a step that has none, and for a page", () => {
    const { anchors, ...fragment } = fragmentOf(at("git"));
    const bare = {
      ...fragment,
      meta: {},
      anchors: anchors.filter(({ id }) => id === "step-push").map((one) => ({ ...one, text: "" })),
    };
    const found = findMatches(bare, "git");
    expect(found.title).toBe("Deploy the shop. Brings a release out. Before");
    expect(found.sections[0]?.title).toBe("Push it. git push --force origin main Push");
  });
});
