import type { ComponentProps } from 'react';
import { Card } from '../ui/card.tsx';
import { SwitchField } from './switch-field.tsx';

interface Props extends ComponentProps<typeof SwitchField> {
  /** What a link to it ends in. */
  anchor: string;
  title: string;
  text: string;
}

/** One thing that is either done or not. */
export const SwitchCard = ({ anchor, title, text, ...field }: Props) => (
  <Card anchor={anchor} title={title} text={text}>
    <SwitchField {...field} />
  </Card>
);
