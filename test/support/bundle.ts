import { build, type Rollup } from 'vite';

/** A module and all it imports as one minified classic script; its exports become `globalThis[name]`. */
export async function bundle(entry: string, name: string): Promise<string> {
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, lib: { entry, name, formats: ['iife'], fileName: 'bundle' } },
  })) as Rollup.RollupOutput[];
  return output.flatMap((part) => part.output).find((chunk) => chunk.type === 'chunk')!.code;
}
