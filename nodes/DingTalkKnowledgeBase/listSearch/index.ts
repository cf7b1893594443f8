export { searchDocuments, searchFiles } from './files';
export { searchFolders } from './folders';
export { searchKnowledgeBases } from './knowledge-bases';
