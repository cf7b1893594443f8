import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { has } from '../engine/features';
import { startLocalDingTalk } from '../services/dingtalk';
import { startLocalPds } from '../services/pds';
import { AGENT_SCRIPT } from './agent';
import { CHECKS, exampleCheck, type Check } from './checks';
import { installN8n, type N8nLine } from './install';
import { modelCredential, startLocalModel } from './model';
import { packProject } from './pack';
import { cacheFolder } from './process';
import { createRealN8n } from './real-n8n';
import {
	exampleWorkflows,
	localCredential,
	needsOnlyDingTalk,
	ownWorkflows,
	pdsCredential,
	pdsWorkflows,
} from './workflows';

interface Test {
	name: string;
	workflowId: string;
	check: Check;
	env?: Record<string, string>;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Runs the packed project in a real n8n, against the local services. */
async function main(): Promise<number> {
	const line = (process.argv[2] ?? '2.41') as N8nLine;
	const install = await installN8n({ log: say, line });
	const tarball = await packProject({ log: say });
	const userFolder = join(cacheFolder, `n8n-test-${line}`);
	await rm(userFolder, { recursive: true, force: true });
	const dingTalk = await startLocalDingTalk();
	const model = await startLocalModel(AGENT_SCRIPT);
	const pds = await startLocalPds();
	try {
		say(`Preparing n8n ${install.version} …`);
		const n8n = await createRealN8n(install, { userFolder });
		await n8n.installPackage(tarball);
		await n8n.importCredentials([
			localCredential(dingTalk),
			modelCredential(model),
			pdsCredential(pds),
		]);
		const own = [...(await ownWorkflows(dingTalk)), ...(await pdsWorkflows(dingTalk, pds))];
		const examples = await exampleWorkflows(dingTalk, { runnable: true });
		await n8n.importWorkflows([...own, ...examples]);

		const tests: Test[] = [];
		for (const { id, name, settings } of own) {
			const combined = settings?.binaryMode === 'combined';
			if (combined && !has('the combined binary mode', install.coreVersion)) {
				say(`- ${name}: left out, n8n ${install.version} lacks the combined binary mode`);
				continue;
			}
			tests.push({ name, workflowId: id, check: CHECKS[id] });
		}
		for (const mode of ['default', 'database']) {
			// What n8n has besides filesystem and, with a paid licence only, s3.
			tests.push({
				name: `E-mail with three attachments, binary data mode ${mode}`,
				workflowId: 'mail-attachments',
				check: CHECKS['mail-attachments'],
				env: { N8N_DEFAULT_BINARY_DATA_MODE: mode },
			});
		}
		for (const example of examples) {
			const name = `Example: ${example.name}`;
			if (!needsOnlyDingTalk(example)) {
				say(`- ${name}: left out, it needs more than the local DingTalk`);
				continue;
			}
			tests.push({ name, workflowId: example.id, check: exampleCheck(example) });
		}

		let failed = 0;
		for (const { name, workflowId, check, env } of tests) {
			const started = Date.now();
			dingTalk.reset();
			model.reset();
			pds.reset();
			const execution = await n8n.execute(workflowId, {
				N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
				...env,
			});
			let problem = execution.error;
			try {
				if (!problem) await check(execution, { n8n, dingTalk, model, pds });
			} catch (error) {
				problem = error instanceof Error ? error.message : String(error);
			}
			const took = `${((Date.now() - started) / 1000).toFixed(1)} s`;
			say(`${problem ? '✗' : '✓'} ${name} (${took})`);
			if (!problem) continue;
			failed++;
			const report = join(userFolder, `failed-${failed}.log`);
			await writeFile(report, execution.output);
			say(`  ${problem.replaceAll('\n', '\n  ')}\n  All n8n printed: ${report}`);
		}
		say(`${tests.length - failed} passed, ${failed} failed`);
		return failed;
	} finally {
		await Promise.all([dingTalk.close(), model.close(), pds.close()]);
	}
}

main().then(
	(failed) => process.exit(failed ? 1 : 0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
