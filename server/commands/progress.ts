const WIDTH = 30;
/** Where nobody watches, a line now and then is enough. */
const LINE_MS = 5_000;

export interface Progress {
  show(done: number, total: number): void;
  end(): void;
}

/** Shows how far something is: a bar on a terminal, plain lines in a log. */
export function createProgress(label: string, unit: 'B' | 'rows', out = process.stdout): Progress {
  const start = performance.now();
  let lastLine = start;
  let shown = '';
  let first: number | undefined;
  return {
    show(done, total) {
      first ??= done;
      const seconds = (performance.now() - start) / 1000;
      const rate = seconds > 0.2 ? (done - first) / seconds : 0;
      const share = total === 0 ? 1 : Math.min(done / total, 1);
      const left = rate > 0 && share < 1 ? `, ${time((total - done) / rate)} left` : '';
      const figures = `${label} ${Math.floor(share * 100)} %, ${amount(done, unit)} of ${amount(total, unit)}, ${amount(Math.round(rate), unit)}/s${left}`;
      if (out.isTTY) {
        const full = Math.round(share * WIDTH);
        shown = `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${figures}`;
        out.write(`\r\u001B[2K${shown.slice(0, (out.columns || 80) - 1)}`);
      } else if (performance.now() - lastLine >= LINE_MS) {
        lastLine = performance.now();
        out.write(`${figures}\n`);
      }
      shown = figures;
    },
    end() {
      out.write(out.isTTY ? '\n' : `${shown}\n`);
    },
  };
}

function amount(count: number, unit: 'B' | 'rows'): string {
  if (unit === 'rows') return `${count.toLocaleString('en')} rows`;
  return count < 1e6 ? `${Math.round(count / 1e3)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

function time(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${Math.ceil(seconds)} s` : `${minutes} min ${Math.round(seconds % 60)} s`;
}
