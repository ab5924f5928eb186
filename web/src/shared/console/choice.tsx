// Ant Design's choices without `aria-required`, which their elements' roles do not have. That
// something is needed is said by the label: what is not needed says "optional".
import { Checkbox, Radio, Select } from 'antd';
import type { ComponentProps } from 'react';

function allowed<Props extends object>(props: Props): Props {
    const kept: Props & { 'aria-required'?: unknown } = { ...props };
    delete kept['aria-required'];
    return kept;
}

export function Choice(props: ComponentProps<typeof Select>) {
    return <Select virtual={false} {...allowed(props)} />;
}

export function RadioChoice(props: ComponentProps<typeof Radio.Group>) {
    return <Radio.Group {...allowed(props)} />;
}

export function ManyChoice(props: ComponentProps<typeof Checkbox.Group>) {
    return <Checkbox.Group {...allowed(props)} />;
}
