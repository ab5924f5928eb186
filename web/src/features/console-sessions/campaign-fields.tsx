// The rules of a sale, as fields: of a new session and of one that exists.
import { Form, Switch } from 'antd';
import type { Dayjs } from 'dayjs';
import type { Text } from '@/api/types';
import { NumberField, TextPair, TimeField } from '@/shared/console/fields';
import { PictureField } from '@/shared/console/picture-field';
import { useSessionTexts } from './texts';

export interface CampaignValues {
    name: Text;
    description?: Text;
    picture?: string;
    opens_at: Dayjs;
    closes_at: Dayjs;
    one_per_person?: boolean;
    tickets_per_order?: number | null;
    hold_minutes?: number | null;
}

export const kHoldMinutesDefault = 15;

export function CampaignFields({ within = [] }: { within?: (string | number)[] }) {
    const t = useSessionTexts();
    const at = (name: string) => [...within, name];
    return (
        <>
            <TextPair name={at('name')} label={t('name')} required />
            <TextPair name={at('description')} label={t('description')} lines={2} max={2500} />
            <Form.Item name={at('picture')} noStyle>
                <PictureField label={t('picture')} />
            </Form.Item>
            <div className="columns">
                <TimeField name={at('opens_at')} label={t('opens_at')} required />
                <TimeField
                    name={at('closes_at')}
                    label={t('closes_at')}
                    required
                    after={at('opens_at')}
                />
                <NumberField
                    name={at('tickets_per_order')}
                    label={t('tickets_per_order')}
                    hint={t('no_limit')}
                    max={32}
                />
                <NumberField
                    name={at('hold_minutes')}
                    label={t('hold_minutes')}
                    min={1}
                    max={43_200}
                />
            </div>
            <Form.Item
                name={at('one_per_person')}
                label={t('one_per_person')}
                valuePropName="checked"
                required
            >
                <Switch />
            </Form.Item>
        </>
    );
}
