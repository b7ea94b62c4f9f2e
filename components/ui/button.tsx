import type { ComponentProps } from 'react';
import type { Icon } from './icons.ts';
import styles from './button.module.css';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Props extends ComponentProps<'button'> {
  icon?: Icon;
  look?: Look;
  small?: boolean;
}

/** A button with a text, and an icon before it. */
export function Button({
  icon: Glyph,
  look = 'secondary',
  small = false,
  className,
  children,
  ...rest
}: Props) {
  const classes = [styles.button, styles[look], small && styles.small, className];
  return (
    <button type="button" {...rest} className={classes.filter(Boolean).join(' ')}>
      {Glyph && <Glyph size={small ? 14 : 16} aria-hidden />}
      <span>{children}</span>
    </button>
  );
}

/** A button that is only an icon; `label` is what it is called. */
export function IconButton({
  icon: Glyph,
  label,
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'children'> & { icon: Icon; label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={[styles.iconButton, className].filter(Boolean).join(' ')}
    >
      <Glyph size={16} aria-hidden />
    </button>
  );
}
