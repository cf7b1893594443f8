export { installN8n, type InstallOptions, type N8nInstall, type N8nLine } from './install';
export { packProject } from './pack';
export { createRealN8n, type Execution, type RealN8n } from './real-n8n';
export type { RunningServer } from './server';
