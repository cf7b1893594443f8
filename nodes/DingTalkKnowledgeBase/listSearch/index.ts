export { searchDocuments } from './documents';
export { searchFolders } from './folders';
export { searchKnowledgeBases } from './knowledge-bases';
