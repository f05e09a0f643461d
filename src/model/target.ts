import * as z from "zod";

/** Where steps with `on=NAME` run: a host by OpenSSH, or whatever a program connects to. */
export const targetSchema = z.union(
  [
    z
      .string()
      .regex(
        /^ssh:\/\/\S+$/u,
        "a host by OpenSSH is written as `ssh://HOST` or `ssh://USER@HOST:PORT`",
      )
      .describe("A host by OpenSSH, with your own configuration of it: `ssh://deploy@web1`"),
    z.strictObject({
      exec: z
        .array(z.string().min(1))
        .min(1)
        .describe("A program that connects to a bash: `[docker, exec, -i, app, bash]`"),
    }),
  ],
  { error: "it must be `ssh://HOST`, or { exec: [PROGRAM, ARGUMENT, …] } that connects to a bash" },
);

/** The name of a target, as `on=` has it. */
export const targetNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]*$/u,
    "the name of a target has lower-case letters, digits and hyphens",
  );

/** By name, where steps can run beside this machine, which is `local`. */
export type TargetDefinitions = Readonly<Record<string, TargetDefinition>>;
export type TargetDefinition = z.output<typeof targetSchema>;

/** Where a target is, with the values of inputs in place. */
export type TargetAddress =
  | { readonly name: string; readonly ssh: string }
  | { readonly name: string; readonly exec: readonly [string, ...string[]] };
