/** What a component may carry. */
export interface ComponentRule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const aside: ComponentRule = { required: [], optional: ["title"] };
const plain: ComponentRule = { required: [], optional: [] };

/** Every component of the format, by its name; a parser and a site know the same ones. */
export const components: ReadonlyMap<string, ComponentRule> = new Map([
  ["Inputs", plain],
  ["Contract", { required: ["of"], optional: [] }],
  ["Tools", plain],
  ["Contacts", plain],
  ["Manual", { required: [], optional: ["id", "title", "when"] }],
  ["Include", { required: ["runbook"], optional: ["id", "title", "procedure", "section", "when"] }],
  ["Choice", { required: ["input"], optional: [] }],
  ["Option", { required: ["value"], optional: ["label"] }],
  ["Fact", { required: ["of"], optional: [] }],
  ["Note", aside],
  ["Tip", aside],
  ["Info", aside],
  ["Important", aside],
  ["Warning", aside],
  ["Caution", aside],
  ["Danger", aside],
]);
