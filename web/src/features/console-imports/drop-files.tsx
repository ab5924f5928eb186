// Files for an import: dropped or chosen, sent, and the check begun.
import { Progress as Bar } from 'antd';
import { useId, useState } from 'react';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { Button } from '@/shared/ui/button';
import { Problem } from '@/shared/ui/problem';
import { useImportTexts } from './texts';
import { kFileBytesMax, uploadFiles, type Progress } from './upload';

export function DropFiles({
    into,
    onChecked,
}: {
    into?: number; // an import that is there; without one a new import is begun
    onChecked: (id: number) => void;
}) {
    const t = useImportTexts();
    const id = useId();
    const [files, setFiles] = useState<File[]>([]);
    const [over, setOver] = useState(false);
    const [progress, setProgress] = useState<Progress | null>(null);
    const large = files.find((file) => file.size > kFileBytesMax);
    const send = useChange<void, number>({
        run: async () => {
            const number = into ?? (await ask(staffApi.POST('/api/v1/imports'))).import;
            await uploadFiles(number, files, setProgress);
            await ask(
                staffApi.POST('/api/v1/imports/{import}/check', {
                    params: { path: { import: number } },
                }),
            );
            return number;
        },
        then: (number) => {
            setFiles([]);
            setProgress(null);
            onChecked(number);
        },
    });
    return (
        <div
            className={`drop ${over ? 'over' : ''}`}
            onDragOver={(event) => {
                event.preventDefault();
                setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
                event.preventDefault();
                setOver(false);
                setFiles([...event.dataTransfer.files]);
            }}
        >
            <p id={`${id}-hint`}>{t('drop')}</p>
            <span className="file-button">
                <input
                    type="file"
                    multiple
                    aria-label={t('choose')}
                    aria-describedby={`${id}-hint`}
                    onChange={(event) => setFiles([...(event.target.files ?? [])])}
                />
                <span className="button plain" aria-hidden="true">
                    {t('choose')}
                </span>
            </span>
            {files.length > 0 && (
                <>
                    <p className="small" role="status">
                        {t('chosen', { count: files.length })}:{' '}
                        {files.map((file) => file.name).join(', ')}
                    </p>
                    {large && (
                        <p className="problem" role="alert">
                            {t('too_large', { name: large.name })}
                        </p>
                    )}
                    <Button
                        disabled={large !== undefined}
                        busy={send.isPending}
                        onClick={() => send.mutate()}
                    >
                        {t('upload_and_check')}
                    </Button>
                </>
            )}
            {send.isPending && progress && (
                <div className="full">
                    <p className="small">{t('uploading', { name: progress.name })}</p>
                    <Bar
                        aria-label={t('progress')}
                        percent={Math.round((100 * progress.sent) / Math.max(progress.total, 1))}
                    />
                </div>
            )}
            {send.error && <Problem error={send.error} />}
        </div>
    );
}
