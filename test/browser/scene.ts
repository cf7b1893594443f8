import type { LocalDingTalk } from '../services/dingtalk';
import type { LocalPds } from '../services/pds';
import { CredentialDialog } from './credential-dialog';
import type { Editor } from './editor';
import { Picker } from './picker';
import type { Shoot } from './screenshots';

/** What the steps work with. */
export interface Scene {
	editor: Editor;
	credential: CredentialDialog;
	knowledgeBase: Picker;
	parent: Picker;
	/** Of the PDS node. */
	drive: Picker;
	driveFolder: Picker;
	service: LocalDingTalk;
	pds: LocalPds;
	shoot: Shoot;
}

export function sceneOf(
	editor: Editor,
	{ service, pds }: Pick<Scene, 'service' | 'pds'>,
	shoot: Shoot,
): Scene {
	return {
		editor,
		credential: new CredentialDialog(editor),
		knowledgeBase: new Picker(editor, 'knowledgeBase'),
		parent: new Picker(editor, 'parent'),
		drive: new Picker(editor, 'driveId'),
		driveFolder: new Picker(editor, 'parentFileId'),
		service,
		pds,
		shoot,
	};
}
