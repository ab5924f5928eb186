import { defineTexts } from '../i18n/texts';

export const useExplanationTexts = defineTexts('explanations', {
    zh: {
        proof: '依据',
        shard: '分片',
        position: '日志位置',
        decided_at: '判定时间',
        campaign: '活动',
        agreement: '重放核对',
        agrees: '一致',
        differs: '不一致',
        unknown: '无法核对',
    },
    en: {
        proof: 'What it rests on',
        shard: 'Shard',
        position: 'Position in the journal',
        decided_at: 'Decided at',
        campaign: 'Sale',
        agreement: 'Replay',
        agrees: 'agrees',
        differs: 'differs',
        unknown: 'cannot be checked',
    },
});
