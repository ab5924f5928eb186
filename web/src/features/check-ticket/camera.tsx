// Reads a QR code with the camera, in browsers that can (BarcodeDetector). Nothing is recorded: a
// picture is looked at and forgotten.
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/shared/ui/button';
import { useCheckTexts } from './texts';

interface Detector {
    detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorType = new (options: { formats: string[] }) => Detector;

function detectorType(): DetectorType | undefined {
    return (globalThis as { BarcodeDetector?: DetectorType }).BarcodeDetector;
}

export function canScan(): boolean {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    return detectorType() !== undefined && devices !== undefined;
}

const kLookEveryMs = 200;

export function Camera({ found, close }: { found: (text: string) => void; close: () => void }) {
    const t = useCheckTexts();
    const video = useRef<HTMLVideoElement>(null);
    const [refused, setRefused] = useState(false);
    const tell = useRef(found);
    useEffect(() => {
        tell.current = found;
    }, [found]);
    useEffect(() => {
        const Type = detectorType();
        const screen = video.current;
        if (!Type || !screen) return;
        const detector = new Type({ formats: ['qr_code'] });
        let stream: MediaStream | null = null;
        let timer = 0;
        let over = false;
        const look = async () => {
            const codes = await detector.detect(screen).catch(() => []);
            const text = codes[0]?.rawValue;
            if (over) return;
            if (text) tell.current(text);
            else timer = window.setTimeout(() => void look(), kLookEveryMs);
        };
        const begin = async () => {
            stream = await navigator.mediaDevices.getUserMedia({
                video: { facingMode: 'environment' },
            });
            if (over) return stream.getTracks().forEach((track) => track.stop());
            screen.srcObject = stream;
            await screen.play();
            await look();
        };
        begin().catch(() => {
            if (!over) setRefused(true);
        });
        return () => {
            over = true;
            window.clearTimeout(timer);
            stream?.getTracks().forEach((track) => track.stop());
        };
    }, []);
    return (
        <div className="stack tight">
            {refused ? (
                <p className="note warn" role="alert">
                    {t('camera_refused')}
                </p>
            ) : (
                <video ref={video} className="camera" muted playsInline aria-label={t('camera')} />
            )}
            <Button look="plain" onClick={close}>
                {t('camera_close')}
            </Button>
        </div>
    );
}
