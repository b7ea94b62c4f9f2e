/** Two riders on one frame: sales in teal, marketing in plum. */
export function Logo({ size = 18 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" strokeWidth="2.6" aria-hidden>
      <path d="M7 15.5 12 8l5 7.5" stroke="var(--ink-3)" strokeWidth="2" strokeLinecap="round" />
      <circle cx="6.5" cy="15.5" r="4" stroke="var(--accent)" />
      <circle cx="17.5" cy="15.5" r="4" stroke="var(--plum)" />
    </svg>
  );
}
