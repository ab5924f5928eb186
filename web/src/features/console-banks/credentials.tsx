// The keys of a bank, this once: nothing of them is kept by the page.
import type { BankDone } from '@/api/console-types';
import { Button } from '@/shared/ui/button';
import { CopyButton } from '@/shared/ui/copy-button';
import { Dialog } from '@/shared/ui/dialog';
import { useBankTexts } from './texts';

function save(name: string, text: string): void {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/toml' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    URL.revokeObjectURL(address);
}

export function Credentials({ made, onClose }: { made: BankDone | null; onClose: () => void }) {
    const t = useBankTexts();
    const file = made?.credentials;
    return (
        <Dialog title={t('credentials')} open={Boolean(file)} onClose={onClose}>
            {file && (
                <>
                    <p className="note warn">{t('credentials_text')}</p>
                    <pre className="secret small bank-credentials">{file.text}</pre>
                    <div className="row">
                        <Button onClick={() => save(file.file_name, file.text)}>
                            {t('download', { name: file.file_name })}
                        </Button>
                        <CopyButton text={file.text} label={t('copy')} />
                        <Button look="plain" onClick={onClose}>
                            {t('understood')}
                        </Button>
                    </div>
                </>
            )}
        </Dialog>
    );
}
