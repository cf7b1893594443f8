import { join } from 'node:path';

import { startLocalDingTalk } from '../services/dingtalk';
import { installN8n } from './install';
import { packProject } from './pack';
import { cacheFolder, freePort } from './process';
import { createRealN8n } from './real-n8n';
import { exampleWorkflows, localCredential, ownWorkflows } from './workflows';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Shown in the editor besides the examples: these run at a click, without a mailbox or a form. */
const TO_TRY = ['mail-attachments', 'three-steps', 'document-resource', 'http-request'];

/** Opens n8n's editor with the node, a credential and workflows; stays until Ctrl+C. */
async function main(): Promise<void> {
	// Until there is something to stop cleanly, a signal just ends the program.
	const interrupt = { act: (): void => process.exit(130) };
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => interrupt.act());
	}

	const install = await installN8n({ log: say });
	const tarball = await packProject({ log: say });
	const apiPort = await freePort(9101);
	const ossPort = await freePort(apiPort + 1);
	const service = await startLocalDingTalk({ apiPort, ossPort });

	say(`Preparing n8n ${install.version} …`);
	const n8n = await createRealN8n(install, { userFolder: join(cacheFolder, 'n8n-editor') });
	await n8n.installPackage(tarball);
	await n8n.importCredentials([localCredential(service)]);
	const own = (await ownWorkflows(service)).filter(({ id }) => TO_TRY.includes(id));
	const examples = await exampleWorkflows(service, { runnable: false });
	await n8n.importWorkflows([...own, ...examples]);
	const server = await n8n.start(await freePort(5678));
	const asked = new Promise<void>((resolve) => (interrupt.act = resolve));

	say(`
n8n ${install.version}     ${server.url}
  e-mail      ${server.email}
  password    ${server.password}

Local DingTalk ${service.apiUrl} (storage ${service.ossUrl})
  it stored   ${service.apiUrl}/_local/state
The credential "Local DingTalk" points there. In the editor:
  1. log in, open the workflow "${own.find(({ id }) => id === 'mail-attachments')?.name}"
  2. click "Execute workflow", then the node "Upload File" to see the files it made
  3. in a new workflow, press Tab and search for "DingTalk"
Kept in .cache/n8n-editor. The supplied workflows are put back at every start: duplicate one to
keep your changes. What the local service stored is gone when it stops.
Ctrl+C stops both.`);

	const crashed = server.ended.then(() => 'n8n ended');
	const reason = await Promise.race([asked.then(() => undefined), crashed]);
	if (reason) say(`${reason}\n${server.output().slice(-3000)}`);
	else say('Stopping …');
	await server.stop();
	await service.close();
	process.exitCode = reason ? 1 : 0;
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
});
