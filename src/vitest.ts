export { defineDocumentTests, type DocumentTestOptions } from "./testing/define-document-tests.ts";
export { defineRunbookTests, type RunbookTestOptions } from "./testing/define-runbook-tests.ts";
