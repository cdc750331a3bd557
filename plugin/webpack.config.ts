// The scaffold's build, and what it leaves out: images of nested plugins are not copied by it.
import CopyWebpackPlugin from 'copy-webpack-plugin';
import type { Configuration } from 'webpack';
import { merge } from 'webpack-merge';
import scaffold, { type Env } from './.config/webpack/webpack.config.ts';

const config = async (env: Env): Promise<Configuration> =>
  merge(await scaffold(env), {
    plugins: [
      new CopyWebpackPlugin({
        patterns: [{ from: '{panels/*,datasource}/img/**', to: '.', noErrorOnMissing: true }],
      }),
    ],
  });

export default config;
