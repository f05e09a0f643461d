import type { FixtureFiles } from "./run-opswright.ts";

/** A runbook with inputs, a choice, a check, a manual step, an expectation and a rollback. */
export const deploymentFiles: FixtureFiles = {
  "runbooks/deployment.mdx": `---
title: Deploy UnionCore
summary: Brings a new version to production.
owner: Platform team
status: active
version: "2.0"
estimate: 5m..15m
inputs:
  METHOD:
    type: enum
    choices: [automatic, manual]
    default: automatic
    description: How to deploy
  VERSION: { type: string, required: true, description: The version to deploy }
  TOKEN: { type: secret, description: The token of the service }
procedures:
  deploy:
    default: true
    title: Deploy to production
    onFailure: rollback
    steps:
      - section: checks
      - choose: METHOD
        when: { automatic: [section: automatic], manual: [section: by-hand] }
      - section: verify
  rollback:
    title: Take the version back
    steps: [section: rollback]
---

# Deploy UnionCore

## Checks

\`\`\`bash id=tests check timeout=30s
echo "470 passed"
\`\`\`

## Automatic

\`\`\`bash id=push risk=change
echo "pushing $VERSION"
echo "$VERSION" > deployed.txt
\`\`\`

## By hand

<Manual id="upload">Upload the archive in the dashboard.</Manual>

## Verify

\`\`\`bash id=health check
cat deployed.txt
\`\`\`

\`\`\`output
2.0.0
\`\`\`

## Rollback

\`\`\`bash id=revert risk=change
rm -f deployed.txt
echo "taken back"
\`\`\`
`,
  "runbooks/db/restore.md": `# Restore the database

- [ ] Tell support

\`\`\`bash
echo restored
\`\`\`
`,
};
