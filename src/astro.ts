export {
  createEmbeddingIntegration as default,
  type EmbeddingOptions,
} from "./site/embedding/create-embedding-integration.ts";
