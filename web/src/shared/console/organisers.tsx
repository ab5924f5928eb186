// The organisers that the member of staff acts for, for choosing one and for their names.
import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { ask } from '../api/client';
import { useServerText } from '../i18n/texts';
import { Choice } from './choice';
import { staffApi } from './client';
import { kConsoleKey } from './session';
import { useConsoleTexts } from './texts';

const kOrganisersMax = 100;

export function useOrganisers() {
    return useQuery({
        queryKey: [kConsoleKey, 'organisers'],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/organisers', {
                    params: { query: { limit: kOrganisersMax } },
                }),
            ),
    });
}

export function useOrganiserChoices(): { value: number; label: string }[] {
    const text = useServerText();
    const { data } = useOrganisers();
    return (data?.organisers ?? []).map((one) => ({
        value: one.id,
        label: `${text(one.name)} (${one.id})`,
    }));
}

export function OrganiserField({
    name = 'organiser',
    disabled,
    many,
    hint,
}: {
    name?: string;
    disabled?: boolean;
    many?: boolean;
    hint?: string;
}) {
    const t = useConsoleTexts();
    const choices = useOrganiserChoices();
    return (
        <Form.Item
            name={name}
            label={many ? t('organisers') : t('organiser')}
            extra={hint}
            rules={many ? [] : [{ required: true, message: t('missing') }]}
        >
            <Choice
                mode={many ? 'multiple' : undefined}
                options={choices}
                disabled={disabled}
                showSearch
                optionFilterProp="label"
            />
        </Form.Item>
    );
}
