// The pictures at the top of the home page. They are kept as one list, so they are edited and saved
// as one.
import { useQuery } from '@tanstack/react-query';
import { Form, type FormListFieldData } from 'antd';
import type { Dayjs } from 'dayjs';
import type { Text } from '@/api/types';
import type { BannerRow } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { Choice } from '@/shared/console/choice';
import { staffApi, useChange } from '@/shared/console/client';
import { EditForm } from '@/shared/console/edit-form';
import { NumberField, TextPair, TimeField } from '@/shared/console/fields';
import { PictureField } from '@/shared/console/picture-field';
import { kConsoleKey } from '@/shared/console/session';
import { useConsoleTexts } from '@/shared/console/texts';
import { pickedTime } from '@/shared/console/times';
import { pictureName, textValue } from '@/shared/console/values';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded, PageHead } from '@/shared/ui/page';
import { useCatalogueTexts } from './texts';

const kBannersMax = 20;

interface BannerValue {
    picture?: string;
    title?: Partial<Text>;
    kind: 'nothing' | 'show' | 'campaign';
    target?: number;
    from?: Dayjs | null;
    until?: Dayjs | null;
}
interface Values {
    banners?: BannerValue[];
}

function valueOf(banner: BannerRow): BannerValue {
    return {
        picture: pictureName(banner.picture),
        title: banner.title,
        kind: banner.show ? 'show' : banner.campaign ? 'campaign' : 'nothing',
        target: banner.show ?? banner.campaign ?? undefined,
        from: pickedTime(banner.from),
        until: pickedTime(banner.until),
    };
}

function bannerOf(value: BannerValue): BannerRow {
    return {
        picture: value.picture ?? '',
        title: textValue(value.title),
        show: value.kind === 'show' ? value.target : undefined,
        campaign: value.kind === 'campaign' ? value.target : undefined,
        from: value.from?.toISOString(),
        until: value.until?.toISOString(),
    };
}

export default function Banners() {
    const t = useCatalogueTexts();
    const query = useQuery({
        queryKey: [kConsoleKey, 'banners'],
        queryFn: () => ask(staffApi.GET('/api/v1/banners')),
        // What is being edited must not change under the hands.
        refetchOnWindowFocus: false,
    });
    return (
        <>
            <PageHead title={t('banners')}>
                <p className="muted">{t('banners_text')}</p>
            </PageHead>
            <Loaded query={query}>{({ banners }) => <BannersForm banners={banners} />}</Loaded>
        </>
    );
}

function BannersForm({ banners }: { banners: BannerRow[] }) {
    const t = useCatalogueTexts();
    const console = useConsoleTexts();
    const [form] = Form.useForm<Values>();
    const save = useChange({
        run: (values: Values) =>
            ask(
                staffApi.PUT('/api/v1/banners', {
                    body: { banners: (values.banners ?? []).map(bannerOf) },
                }),
            ),
        done: () => t('banners_saved'),
    });
    return (
        <EditForm
            form={form}
            initial={{ banners: banners.map(valueOf) }}
            error={save.error}
            busy={save.isPending}
            submit={console('save')}
            onSubmit={(values) => save.mutate(values)}
        >
            <Form.List name="banners">
                {(fields, { add, remove, move }) => (
                    <>
                        {fields.length === 0 && <Empty text={t('no_banners')} />}
                        {fields.map((field, index) => (
                            <BannerPart
                                key={field.key}
                                field={field}
                                index={index}
                                count={fields.length}
                                move={move}
                                remove={remove}
                            />
                        ))}
                        {fields.length < kBannersMax && (
                            <Button look="plain" onClick={() => add({ kind: 'nothing' })}>
                                {t('add_banner')}
                            </Button>
                        )}
                    </>
                )}
            </Form.List>
        </EditForm>
    );
}

function BannerPart({
    field,
    index,
    count,
    move,
    remove,
}: {
    field: FormListFieldData;
    index: number;
    count: number;
    move: (from: number, to: number) => void;
    remove: (index: number) => void;
}) {
    const t = useCatalogueTexts();
    const kind = Form.useWatch(['banners', field.name, 'kind']) as BannerValue['kind'] | undefined;
    return (
        <fieldset className="form-part">
            <legend>{t('banner', { number: index + 1 })}</legend>
            <Form.Item
                name={[field.name, 'picture']}
                rules={[{ required: true, message: t('picture_missing') }]}
            >
                <PictureField label={t('picture')} />
            </Form.Item>
            <TextPair name={[field.name, 'title']} label={t('title')} required />
            <div className="columns">
                <Form.Item name={[field.name, 'kind']} label={t('leads_to')}>
                    <Choice
                        options={[
                            { value: 'nothing', label: t('nothing') },
                            { value: 'show', label: t('a_show') },
                            { value: 'campaign', label: t('a_campaign') },
                        ]}
                    />
                </Form.Item>
                {kind !== 'nothing' && kind !== undefined && (
                    <NumberField
                        name={[field.name, 'target']}
                        label={t('target')}
                        required
                        min={1}
                        max={Number.MAX_SAFE_INTEGER}
                    />
                )}
            </div>
            <div className="columns">
                <TimeField name={[field.name, 'from']} label={t('from')} />
                <TimeField name={[field.name, 'until']} label={t('until')} />
            </div>
            <div className="row">
                <Button look="plain" disabled={index === 0} onClick={() => move(index, index - 1)}>
                    {t('up')}
                </Button>
                <Button
                    look="plain"
                    disabled={index === count - 1}
                    onClick={() => move(index, index + 1)}
                >
                    {t('down')}
                </Button>
                <Button look="danger" onClick={() => remove(index)}>
                    {t('remove')}
                </Button>
            </div>
        </fieldset>
    );
}
