export { defineRunbookTests, type RunbookTestOptions } from "./testing/define-runbook-tests.ts";
