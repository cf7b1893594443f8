export { searchFolderTree } from './folder-tree';
export { inPicker } from './in-picker';
export { searchPages, type ResultPage } from './pages';
