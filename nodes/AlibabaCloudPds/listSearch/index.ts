export { searchDrives } from './drives';
export { searchFolders } from './folders';
