/** Makes and keeps one object for each credential that the items of an execution use. */
export class PerCredential<Credentials, Made> {
	private readonly made = new Map<string, Made>();

	constructor(private readonly make: (credentials: Credentials) => Made) {}

	of(credentials: Credentials): Made {
		const key = JSON.stringify(credentials);
		const made = this.made.get(key) ?? this.make(credentials);
		this.made.set(key, made);
		return made;
	}
}
