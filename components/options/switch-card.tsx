import type { ComponentProps } from 'react';
import { Card } from '../ui/card.tsx';
import { SwitchField } from './switch-field.tsx';

interface Props extends ComponentProps<typeof SwitchField> {
  title: string;
  text: string;
}

/** One thing that is either done or not. */
export const SwitchCard = ({ title, text, ...field }: Props) => (
  <Card title={title} text={text}>
    <SwitchField {...field} />
  </Card>
);
