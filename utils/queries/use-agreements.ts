import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { useLive } from './use-live.ts';
import { unwrap } from './unwrap.ts';

/** The other team may propose or sign while the page is open, and changes not come in by themselves. */
const POLL_MS = 10_000;

/** The agreement in force, as the hub has it now. */
export const useAgreementInForce = () =>
  useQuery({
    queryKey: keys.agreementInForce,
    queryFn: async () => unwrap(await hub.agreement()),
    refetchInterval: useLive() ? false : POLL_MS,
  });

/** Every version and its fate, newest first. */
export const useAgreementVersions = () =>
  useQuery({
    queryKey: keys.agreementVersions,
    queryFn: async () => unwrap(await hub.agreementVersions()).versions,
    refetchInterval: useLive() ? false : POLL_MS,
  });

/** The document of one version, as a JSON value. It never changes. */
export const useAgreementDocument = (version: number) =>
  useQuery({
    queryKey: keys.agreementDocument(version),
    queryFn: async () => {
      const { text } = unwrap(await hub.agreementText({ params: { version }, query: { format: 'json' } }));
      return JSON.parse(text) as unknown;
    },
  });

/** The same to read, keep and edit. Throws a `FailureError`. */
export const agreementYaml = async (version: number): Promise<string> =>
  unwrap(await hub.agreementText({ params: { version }, query: { format: 'yaml' } })).text;

/** What can be done about a change of the agreement. Each fails with a `FailureError` that says why. */
export function useAgreementActions() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.agreements });
  const propose = useMutation({
    mutationFn: async ({ text, ...rest }: { basedOn: number; text: string; comment?: string }) => {
      // YAML takes JSON too, but an error in JSON is told better as what it is.
      const format = text.trimStart().startsWith('{') ? ('json' as const) : ('yaml' as const);
      return unwrap(await hub.proposeAgreement({ body: { ...rest, text, format } }));
    },
    onSettled,
  });
  const sign = useMutation({
    mutationFn: async (version: number) => unwrap(await hub.signAgreement({ params: { version }, body: {} })),
    onSettled,
  });
  const reject = useMutation({
    mutationFn: async ({ version, comment }: { version: number; comment: string }) =>
      unwrap(await hub.rejectAgreement({ params: { version }, body: comment === '' ? {} : { comment } })),
    onSettled,
  });
  return { propose, sign, reject };
}
export type AgreementActions = ReturnType<typeof useAgreementActions>;
