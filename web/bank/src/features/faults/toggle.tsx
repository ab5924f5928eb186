// Ant Design's switch without `aria-required`, which its role does not have.
import { Switch } from 'antd';
import type { ComponentProps } from 'react';

type Props = ComponentProps<typeof Switch>;

export function Toggle(props: Props) {
    const kept: Props & { 'aria-required'?: unknown } = { ...props };
    delete kept['aria-required'];
    return <Switch {...kept} />;
}
