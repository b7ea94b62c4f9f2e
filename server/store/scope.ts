/** Owns nothing, and sees only the rows of the workspace that its session names. */
export const HUB_ROLE = 'tandem_hub';
/** The setting that names the workspace. */
export const WORKSPACE_SETTING = 'tandem.workspace';

/** Whose rows a session sees: those of a workspace, or every row, as the tables' owner. */
export type Scope = { workspaceId: string } | 'owner';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The command that gives a session this scope until it is given another. Text without parameters, because that
 * is one exchange on every driver.
 *
 * @throws TypeError when the workspace is no UUID, so that nothing else can get into the text.
 */
export function scopeCommand(scope: Scope): string {
  if (scope === 'owner') return `select set_config('role', 'none', false)`;
  if (!UUID.test(scope.workspaceId)) throw new TypeError('A workspace is named by a UUID.');
  return (
    `select set_config('${WORKSPACE_SETTING}', '${scope.workspaceId}', false), ` +
    `set_config('role', '${HUB_ROLE}', false)`
  );
}

/** Tells two scopes apart. */
export const scopeKey = (scope: Scope): string => (scope === 'owner' ? scope : scope.workspaceId);

/** How many workspaces' databases are kept; each is a few objects, and making one again costs microseconds. */
const MAX_KEPT = 1_000;

/** Keeps what `make` made for a workspace; those asked for first are forgotten first. */
export function perWorkspace<T>(make: (workspaceId: string) => T): (workspaceId: string) => T {
  const made = new Map<string, T>();
  return (workspaceId) => {
    const known = made.get(workspaceId);
    if (known !== undefined) return known;
    const fresh = make(workspaceId);
    made.set(workspaceId, fresh);
    const [oldest] = made.keys();
    if (made.size > MAX_KEPT && oldest !== undefined) made.delete(oldest);
    return fresh;
  };
}
