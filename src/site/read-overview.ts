import { getEntry } from "astro:content";
import { overviewId } from "./create-overview-loader.ts";
import type { ProjectOverview } from "./overview/project-overview.ts";

/** The project as a whole, from the content store. Throws where no loader has put it there. */
export async function readOverview(): Promise<ProjectOverview> {
  const entry = await getEntry("overview", overviewId);
  if (entry === undefined) throw new Error("The content store holds no overview of the project.");
  return entry.data;
}
