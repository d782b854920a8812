/**
 * A filter's gradient on WebGL, four numbers a thread. tfjs keeps four values together, two rows' two neighbours: of an
 * image [N, H, W, C] those of two columns and two channels. Two columns of the outcome's gradient are read at once, with
 * the two columns of the image that they came from.
 */
import type { backend_util } from '@tensorflow/tfjs-core';

/** Of [shares·F_h·F_w, C, K]: sums over the samples of one share. */
export function fourAtOnce(info: backend_util.Conv2DInfo, shares: number): string {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
  /** Groups of four in a row of the image and of the outcome, and in a column's channels. */
  const [imageColumns, columns] = [inWidth, outWidth].map(halved);
  const [channels, maps] = [inChannels, outChannels].map(halved) as [number, number];
  return `
    // Where a group lies in its texture, which is so wide; what is before the first lies before it.
    ivec2 placed(int group, int wide) {
      int row = group < 0 ? -1 : group / wide;
      return ivec2(group - row * wide, row);
    }

    ivec2 onwards(ivec2 place, int groups, int wide) {
      place.x += groups;
      ${Array.from({ length: strideWidth + 1 }, () => 'if (place.x >= wide) { place.x -= wide; place.y += 1; }').join('\n')}
      return place;
    }

    void main() {
      ivec3 at = getOutputCoords();
      int across = at.x % ${filterWidth};
      int rest = at.x / ${filterWidth};
      int down = rest % ${filterHeight};
      int share = rest / ${filterHeight};
      int channel = at.y / 2;
      int map = at.z / 2;
      int imageWide = textureSize(L0, 0).x;
      int wide = textureSize(L1, 0).x;
      int first = across * ${dilationWidth} - ${padInfo.left};
      int second = first + ${strideWidth};
      // Rounded down, whatever the sign.
      int firstGroup = (first + ${2 * padInfo.left}) / 2 - ${padInfo.left};
      int secondGroup = (second + ${2 * padInfo.left}) / 2 - ${padInfo.left};
      bool firstOdd = first != firstGroup * 2;
      bool secondOdd = second != secondGroup * 2;
      vec4 total = vec4(0.0);
      for (int item = share; item < ${batchSize}; item += ${shares}) {
        for (int row = 0; row < ${outHeight}; row++) {
          int y = row * ${strideHeight} + down * ${dilationHeight} - ${padInfo.top};
          if (y < 0 || y >= ${inHeight}) continue;
          int image = (item * ${inHeight} + y) * ${imageColumns};
          ivec2 a = placed((image + firstGroup) * ${channels} + channel, imageWide);
          ivec2 b = placed((image + secondGroup) * ${channels} + channel, imageWide);
          ivec2 d = placed((item * ${outHeight} + row) * ${columns} * ${maps} + map, wide);
          for (int column = 0; column < ${outWidth}; column += 2) {
            int x = column * ${strideWidth} + first;
            vec4 slope = texelFetch(L1, d, 0);
            if (x >= 0 && x < ${inWidth}) {
              vec4 group = texelFetch(L0, a, 0);
              total += (firstOdd ? group.zzww : group.xxyy) * slope.xyxy;
            }
            x += ${strideWidth};
            if (x >= 0 && x < ${inWidth} && column + 1 < ${outWidth}) {
              vec4 group = texelFetch(L0, b, 0);
              total += (secondOdd ? group.zzww : group.xxyy) * slope.zwzw;
            }
            a = onwards(a, ${strideWidth * channels}, imageWide);
            b = onwards(b, ${strideWidth * channels}, imageWide);
            d = onwards(d, ${maps}, wide);
          }
        }
      }
      ${inChannels % 2 === 1 ? `if (at.y + 1 >= ${inChannels}) total.zw = vec2(0.0);` : ''}
      ${outChannels % 2 === 1 ? `if (at.z + 1 >= ${outChannels}) total.yw = vec2(0.0);` : ''}
      setOutput(total);
    }
  `;
}

const halved = (size: number): number => Math.ceil(size / 2);
